"""From a wait-for graph to findings: which rule of pipes was broken, by whom, at which line.

Each closed group of waits (see `observe.deadlock`) is one mistake. Stuck processes outside every
group only suffer from it and are not accused.
"""

from dataclasses import replace

from autograder.checks import words
from autograder.checks.finding import Finding
from autograder.observe import Analysis, Descriptor, Edge, WaitKind
from autograder.observe.descriptors import Kind
from autograder.sandbox import Picture

_DATA = (WaitKind.READ, WaitKind.WRITE)
_THINGS = {
    WaitKind.SEMAPHORE: "a semaphore",
    WaitKind.MESSAGE: "a message",
    WaitKind.LOCK: "a file lock",
    WaitKind.SIBLING: "a lock or condition in its own memory",
}


def explain_deadlocks(picture: Picture, analysis: Analysis) -> list[Finding]:
    """One finding for each closed group of waits; an unknown shape is `no-progress`."""
    return [_Group(picture, analysis, group).finding() for group in analysis.causes]


class _Group:
    """One closed group: its members wait for each other alone."""

    def __init__(self, picture: Picture, analysis: Analysis, members: frozenset[int]) -> None:
        self.picture = picture
        self.members = members
        self.edges = [edge for edge in analysis.edges if edge.pid in members]

    def finding(self) -> Finding:
        for rule in (
            self._fifo_open,
            self._reader_holds_write_end,
            self._circular_wait,
            self._lock_order,
            self._wait_before_drain,
            self._write_end_left_open,
            self._semaphore_never_released,
            self._message_never_sent,
        ):
            found = rule()
            if found is not None:
                return found
        return self._unknown()

    # -- the rules, the most specific first -------------------------------------------------------

    def _fifo_open(self) -> Finding | None:
        opening = [edge for edge in self.edges if edge.relation is WaitKind.OPEN]
        if not opening:
            return None
        first = opening[0]
        others = [edge for edge in self.edges if edge.pid != first.pid]
        reading = first.wait.interests[0].mode == "r"
        explanation = " ".join(dict.fromkeys(self._waits(edge) for edge in (first, *others)))
        explanation += (
            f" Nobody is left who could open `{first.wait.path}` for "
            f"{'writing' if reading else 'reading'}."
        )
        where = self._place(first.pid) or self._name(first.pid)
        hint = (
            "Let another process open the other side while this one waits, and open several FIFOs "
            f"in the same order everywhere. Begin with {where}."
        )
        evidence = self._evidence(first, None, None)
        evidence["path"] = first.wait.path
        return Finding("fifo-open-deadlock", explanation, hint, evidence)

    def _reader_holds_write_end(self) -> Finding | None:
        for edge in self._data_edges(WaitKind.READ):
            readers = {other.pid for other in self._data_edges(WaitKind.READ, edge)}
            if edge.blockers <= readers:
                return self._explain_own_end(edge)
        return None

    def _explain_own_end(self, edge: Edge) -> Finding:
        holder = edge.pid if edge.pid in edge.blockers else min(edge.blockers)
        end = self._opposite_end(holder, edge)
        own = holder == edge.pid
        who = "that same process" if own else self._name(holder)
        others = len(edge.blockers) - 1
        more = f" (and {others} more that read the same pipe)" if others else ""
        explanation = (
            f"{self._waits(edge)} It will never see end-of-file: the {self._other_end(edge)} is "
            f"still open as {self._end(holder, end)} in {who}{more}, and nobody else holds one."
        )
        return Finding(
            "reader-holds-write-end",
            explanation,
            self._close_hint(holder, end, edge),
            self._evidence(edge, holder, end),
        )

    def _circular_wait(self) -> Finding | None:
        ring = self._data_ring()
        if ring is None:
            return None
        steps = [self._waits(edge) for edge in ring]
        names = [self._name(edge.pid) for edge in ring]
        explanation = " ".join(steps) + (
            f" So {words.sentence_list(names)} wait for each other in a ring, and none can go on."
        )
        first = ring[0]
        where = self._place(first.pid)
        hint = (
            "Let one side act first: one process must write (or close its write end) before it "
            "reads, while the other reads. With much data in both directions, read and write in "
            "turns (select, poll) or in two processes. Begin with "
            f"{where or self._name(first.pid)}."
        )
        evidence = self._evidence(first, ring[-1].pid, None)
        evidence["ring"] = [self._inner(edge.pid) for edge in ring]
        return Finding("circular-wait", explanation, hint, evidence)

    def _wait_before_drain(self) -> Finding | None:
        for edge in self._data_edges(WaitKind.WRITE):
            waiter = self._waiting_holder(edge)
            if waiter is None:
                continue
            end = self._opposite_end(waiter.pid, edge)
            explanation = (
                f"{self._waits(edge)} The pipe is full{self._fullness(edge)}. Its read end is "
                f"{self._end(waiter.pid, end)} in {self._name(waiter.pid)}, which does not read: "
                f"it is blocked in {waiter.wait.call}{self._at(waiter.pid)}, waiting for a child "
                "to end."
            )
            where = self._place(waiter.pid)
            before = f" before {where}" if where else " first"
            hint = (
                f"Read until end-of-file{before}, then wait: a child that writes more than "
                "65,536 bytes can only end when somebody reads them."
            )
            return Finding(
                "wait-before-drain", explanation, hint, self._evidence(edge, waiter.pid, end)
            )
        return None

    def _write_end_left_open(self) -> Finding | None:
        for edge in self._data_edges(WaitKind.READ):
            stuck_elsewhere = [
                pid
                for pid in sorted(edge.blockers)
                if pid != edge.pid and not self._reads(pid, edge)
            ]
            if not stuck_elsewhere:
                continue
            holder = stuck_elsewhere[0]
            end = self._opposite_end(holder, edge)
            own = self._opposite_end(edge.pid, edge) if edge.pid in edge.blockers else None
            also = f" The reader also holds one, {self._end(edge.pid, own)}." if own else ""
            explanation = (
                f"{self._waits(edge)} It waits for data or end-of-file, but the "
                f"{self._other_end(edge)} is still open as {self._end(holder, end)} in "
                f"{self._name(holder)}, which will neither write nor close: "
                f"it is blocked in {self._call(holder)}{self._at(holder)}.{also}"
            )
            hint = self._close_hint(holder, end, self._edge_of(holder) or edge)
            if own:
                hint += " " + self._close_hint(edge.pid, own, edge)
            evidence = self._evidence(edge, holder, end)
            return Finding("write-end-left-open", explanation, hint, evidence)
        return None

    def _lock_order(self) -> Finding | None:
        held = [replace(edge, blockers=edge.holders) for edge in self.edges if edge.holders]
        ring = _shortest_ring({edge.pid: edge for edge in held})
        if ring is None:
            return None
        explanation = " ".join(self._waits(edge) for edge in ring) + (
            " Each of them holds what the next one wants."
        )
        where = self._place(ring[0].pid) or self._name(ring[0].pid)
        hint = f"Take locks and semaphores in the same order everywhere. Begin with {where}."
        evidence = self._evidence(ring[0], ring[-1].pid, None)
        evidence["ring"] = [self._inner(edge.pid) for edge in ring]
        return Finding("lock-order-deadlock", explanation, hint, evidence)

    def _semaphore_never_released(self) -> Finding | None:
        wanted = (WaitKind.SEMAPHORE, WaitKind.LOCK, WaitKind.SIBLING)
        return self._never(
            wanted,
            "semaphore-never-released",
            "Nobody is left who could release it.",
            "Release it on every way out (`with`, `finally`), and see what value it begins with.",
        )

    def _message_never_sent(self) -> Finding | None:
        return self._never(
            (WaitKind.MESSAGE,),
            "message-never-sent",
            "Nobody is left who could send a message.",
            "Send as many messages as are received, or receive with a time limit.",
        )

    def _never(
        self, kinds: tuple[WaitKind, ...], identity: str, why: str, remedy: str
    ) -> Finding | None:
        first = next((edge for edge in self.edges if edge.relation in kinds), None)
        if first is None:
            return None
        where = self._place(first.pid)
        hint = remedy + (f" It is waited for at {where}." if where else "")
        return Finding(
            identity, f"{self._waits(first)} {why}", hint, self._evidence(first, None, None)
        )

    def _unknown(self) -> Finding:
        steps = [self._waits(edge) for edge in self.edges]
        explanation = " ".join(dict.fromkeys(steps)) + " Nobody is left who could end these waits."
        hint = "Look at the lines named above: who should act first there?"
        return Finding("no-progress", explanation, hint, self._evidence(self.edges[0], None, None))

    # -- reading the group ---------------------------------------------------------------------

    def _data_edges(self, relation: WaitKind, like: Edge | None = None) -> list[Edge]:
        """Edges of one direction; with `like`, only those on the same pipe."""
        return [
            edge
            for edge in self.edges
            if edge.relation is relation
            and (like is None or self._channel(edge) == self._channel(like))
        ]

    @staticmethod
    def _channel(edge: Edge) -> str | None:
        return edge.descriptor.channel if edge.descriptor else None

    @staticmethod
    def _other_end(edge: Edge) -> str:
        """What the other end is called, seen from a reader."""
        is_socket = edge.descriptor is not None and edge.descriptor.kind is Kind.SOCKET
        return "other end of this socket pair" if is_socket else "write end of this pipe"

    def _edge_of(self, pid: int) -> Edge | None:
        return next((edge for edge in self.edges if edge.pid == pid), None)

    def _reads(self, pid: int, edge: Edge) -> bool:
        return any(other.pid == pid for other in self._data_edges(WaitKind.READ, edge))

    def _waiting_holder(self, edge: Edge) -> Edge | None:
        """The edge of a holder of the other end that is stuck in wait*."""
        for other in self.edges:
            if other.relation is WaitKind.CHILD and other.pid in edge.blockers:
                return other
        return None

    def _data_ring(self) -> list[Edge] | None:
        """A shortest ring of two or more processes along reads and writes alone."""
        following = {
            edge.pid: replace(edge, blockers=edge.blockers - self._alike(edge))
            for edge in self.edges
            if edge.relation in _DATA and edge.descriptor
        }
        return _shortest_ring(following)

    def _alike(self, edge: Edge) -> set[int]:
        """Those who wait for the same: readers of one pipe do not wait for each other's data."""
        return {other.pid for other in self._data_edges(edge.relation, edge)}

    def _opposite_end(self, pid: int, edge: Edge) -> Descriptor | None:
        """The descriptor by which `pid` holds the other end of the edge's pipe or socket."""
        process = self.picture.snapshot.processes[pid]
        for entry in process.descriptors:
            wanted = entry.writes if edge.relation is WaitKind.READ else entry.reads
            if wanted and entry.channel == edge.opposite:
                return entry
        return None

    # -- words ---------------------------------------------------------------------------------

    def _name(self, pid: int) -> str:
        return words.name_process(self.picture, pid)

    def _inner(self, pid: int) -> int:
        return self.picture.snapshot.processes[pid].inner

    def _end(self, pid: int, end: Descriptor | None) -> str:
        return words.name_descriptor(self.picture, pid, end.fd) if end else "a descriptor"

    def _place(self, pid: int) -> str:
        frame = words.own_frame(self.picture.stacks.get(pid, ()))
        return words.place(frame.file, frame.line) if frame else ""

    def _at(self, pid: int) -> str:
        frame = words.own_frame(self.picture.stacks.get(pid, ()))
        return f" at {words.quoted_place(frame)}" if frame else ""

    def _fullness(self, edge: Edge) -> str:
        fill = self.picture.fills.get(self._channel(edge) or "")
        return (
            f" ({fill.waiting:,} bytes wait in it, it has room for {fill.capacity:,})"
            if fill
            else ""
        )

    def _call(self, pid: int) -> str:
        edge = self._edge_of(pid)
        return edge.wait.call if edge else "a wait"

    def _waits(self, edge: Edge) -> str:
        name = words.capital(self._name(edge.pid))
        if edge.relation is WaitKind.OPEN:
            purpose = "reading" if edge.wait.interests[0].mode == "r" else "writing"
            at = self._at(edge.pid)
            return f"{name} is blocked opening the FIFO `{edge.wait.path}` for {purpose}{at}."
        if edge.relation in _THINGS:
            what = _THINGS[edge.relation]
            at = self._at(edge.pid)
            return f"{name} is blocked waiting for {what} ({edge.wait.call}){at}."
        if edge.descriptor is None:
            return f"{name} is blocked in {edge.wait.call}{self._at(edge.pid)}."
        verb = "reading from" if edge.relation is WaitKind.READ else "writing to"
        end = words.name_descriptor(self.picture, edge.pid, edge.descriptor.fd)
        kind = edge.descriptor.kind.value
        at = self._at(edge.pid)
        return f"{name} is blocked {verb} {end}, a {kind}{',' if at else ''}{at}."

    def _close_hint(self, pid: int, end: Descriptor | None, edge: Edge) -> str:
        name = words.variable(self.picture, pid, end.fd) if end else None
        close = "os.close" if words.is_python(self.picture.snapshot.processes[pid]) else "close"
        call = f"`{close}({name or (end.fd if end else '…')})`"
        where = self._place(pid) or self._place(edge.pid)
        before = f" before {where}" if where else ""
        return f"Add {call} in {self._name(pid)}{before}."

    def _evidence(
        self, edge: Edge, holder: int | None, end: Descriptor | None
    ) -> dict[str, object]:
        frame = words.own_frame(self.picture.stacks.get(edge.pid, ()))
        held = words.own_frame(self.picture.stacks.get(holder, ())) if holder else None
        fill = self.picture.fills.get(self._channel(edge) or "")
        return {
            "pid": self._inner(edge.pid),
            "call": edge.wait.call,
            "fd": edge.descriptor.fd if edge.descriptor else None,
            "channel": self._channel(edge),
            "fill": fill.waiting if fill else None,
            "capacity": fill.capacity if fill else None,
            "file": frame.file if frame else None,
            "line": frame.line if frame else None,
            "holder": self._inner(holder) if holder else None,
            "holder_fd": end.fd if end else None,
            "holder_line": held.line if held else None,
        }


def _shortest_ring(following: dict[int, Edge]) -> list[Edge] | None:
    """The shortest ring of two or more processes along the given edges."""
    rings = [ring for start in sorted(following) if (ring := _ring_from(start, following))]
    return min(rings, key=len, default=None)


def _ring_from(start: int, following: dict[int, Edge]) -> list[Edge] | None:
    """Breadth-first: the shortest way from `start` back to itself through at least one other."""
    queue: list[list[int]] = [[start]]
    seen = {start}
    while queue:
        path = queue.pop(0)
        for pid in sorted(following[path[-1]].blockers):
            if pid == start and len(path) > 1:
                return [following[step] for step in path]
            if pid in following and pid not in seen:
                seen.add(pid)
                queue.append([*path, pid])
    return None
