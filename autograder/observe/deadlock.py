"""The wait-for graph of a snapshot: who can still go on, who is stuck, and on whom.

Theory: a thread is *live* when it runs, sleeps with a time limit, may be woken by a timer or by
the outside, or waits for something a live process can do. Liveness spreads along the waits until
nothing changes; what remains is stuck, whatever the scheduler does (the OR-model of
Chandy, Misra and Haas, "Distributed deadlock detection", ACM TOCS 1983). Every doubt counts as
live, so that a correct program is never accused.
"""

import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.observe.descriptors import Descriptor, Kind
from autograder.observe.locks import held_locks
from autograder.observe.procfs import Vanished
from autograder.observe.snapshot import Process, Snapshot, Task
from autograder.observe.waits import Interest, Wait, WaitKind, Wanted

_CHANNELS = (Kind.PIPE, Kind.FIFO)
_ENDING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Semaphores:
    """What is known of objects in memory that processes wait for.

    `holders` says who operated last on each System V semaphore that is 0, by (ledger key, number);
    `foreign` are the keys of objects that others may use. `outsiders`: others may use whatever
    has a name too, but for the names in `own` and for what lies `inside`, below folders of the
    world's own.
    """

    holders: dict[tuple[str, int], int] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    outsiders: bool = False
    own: frozenset[str] = frozenset()
    inside: tuple[str, ...] = ()

    def reachable(self, key: str) -> bool:
        """Whether somebody beyond the world may act on the object named `key`."""
        if key in self.foreign:
            return True
        named = key.startswith("/") and not key.startswith(self.inside)
        return self.outsiders and named and key not in self.own


@dataclass(frozen=True, slots=True)
class Sockets:
    """Connected Unix sockets: the peer of each, by channel. `queued`: descriptors are, or may be,
    under way in some of them."""

    peers: dict[str, str] = field(default_factory=dict)
    queued: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """Thread `tid` of process `pid` waits in `wait`; only a process in `blockers` could end it.

    `descriptor` is the end it waits on, for waits on a pipe, FIFO or socket, and `opposite` the
    channel of the other end (for a socket its peer, else the same); `holders` are those who have
    the lock or semaphore it wants, where the kernel knows them.
    """

    pid: int
    tid: int
    wait: Wait
    relation: WaitKind
    blockers: frozenset[int]
    descriptor: Descriptor | None = None
    holders: frozenset[int] = frozenset()
    opposite: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """`stuck` pids and their edges; `causes` are the groups nobody outside of which they wait for.

    A group in `causes` is closed: its members wait for each other (or for themselves) alone.
    Stuck processes outside every group wait, at some remove, for one of the groups.
    """

    stuck: frozenset[int]
    live: frozenset[int]
    edges: tuple[Edge, ...]
    causes: tuple[frozenset[int], ...]

    @property
    def total(self) -> bool:
        """Whether no process at all can go on."""
        return bool(self.stuck) and not self.live


def analyse(
    snapshot: Snapshot,
    outside: frozenset[str] = frozenset(),
    timed: frozenset[int] = frozenset(),
    untimed: frozenset[int] = frozenset(),
    begun: float = 0.0,
    semaphores: Semaphores | None = None,
    sockets: Sockets | None = None,
) -> Analysis:
    """Find the stuck processes of a snapshot.

    `outside` names the channels with an end held beyond the snapshot; `timed` and `untimed` are
    the pids known to have, or not to have, an armed timer. FIFOs made before `begun` (seconds
    since the epoch) may be opened by others. `semaphores` tells about System V objects,
    `sockets` about Unix sockets; without it nobody who waits while there are sockets is accused.
    """
    living = {process.pid: process for process in snapshot.living()}
    known = semaphores or Semaphores()
    connected = sockets or Sockets(queued=True)
    graph = _Graph(living, outside, timed, untimed, begun, known, connected)
    live = graph.spread()
    stuck = frozenset(living) - live
    edges = tuple(edge for pid in sorted(stuck) for edge in graph.edges[pid])
    return Analysis(stuck, frozenset(live), edges, _closed_groups(stuck, edges))


class _Graph:
    def __init__(
        self,
        living: dict[int, Process],
        outside: frozenset[str],
        timed: frozenset[int],
        untimed: frozenset[int],
        begun: float,
        semaphores: Semaphores,
        sockets: Sockets,
    ) -> None:
        self.living = living
        self.sockets = sockets
        self.semaphores = semaphores
        self.begun = begun
        self.outside = outside
        self.children: dict[int, list[Process]] = {}
        self.readers: dict[str, set[int]] = {}
        self.writers: dict[str, set[int]] = {}
        for process in living.values():
            self.children.setdefault(process.parent, []).append(process)
            self._index(process)
        # An end that travels in a socket's queue has no holder that /proc would show.
        self.in_flight = sockets.queued and any(
            entry.kind is Kind.SOCKET and entry.channel not in outside
            for process in living.values()
            for entry in process.descriptors
        )
        self.edges: dict[int, list[Edge]] = {}
        self.free: set[int] = set()
        for process in living.values():
            edges = self._edges_of(process)
            if edges is None or process.pid in timed or _may_wake(process, untimed):
                self.free.add(process.pid)
            self.edges[process.pid] = edges or []

    def _index(self, process: Process) -> None:
        for entry in process.descriptors:
            if entry.channel is not None:
                if entry.reads:
                    self.readers.setdefault(entry.channel, set()).add(process.pid)
                if entry.writes:
                    self.writers.setdefault(entry.channel, set()).add(process.pid)

    def spread(self) -> set[int]:
        """The pids that can go on, by fixed point."""
        live = set(self.free)
        changed = True
        while changed:
            changed = False
            for pid, edges in self.edges.items():
                if pid not in live and any(edge.blockers & live for edge in edges):
                    live.add(pid)
                    changed = True
        return live

    def _edges_of(self, process: Process) -> list[Edge] | None:
        """The waits of all its threads; None when some thread may go on by itself."""
        found: list[Edge] = []
        for task in process.tasks:
            edges = self._edges_of_task(process, task)
            if edges is None:
                return None
            found += edges
        return found or None

    def _edges_of_task(self, process: Process, task: Task) -> list[Edge] | None:
        wait = task.wait
        if task.state == "S" and wait is not None and _waits_for_children(process, wait):
            return self._child_edge(process, task, wait)
        if task.state != "S" or wait is None or wait.kind is WaitKind.OTHER:
            return None
        if wait.kind is WaitKind.SIBLING:
            # Woken by another thread of this process: that thread's own waits decide.
            return [Edge(process.pid, task.tid, wait, wait.kind, frozenset())]
        if wait.kind is WaitKind.CHILD:
            return self._child_edge(process, task, wait)
        if wait.kind is WaitKind.OPEN:
            return self._open_edge(process, task, wait)
        if wait.kind in (WaitKind.SEMAPHORE, WaitKind.MESSAGE):
            return self._anybody_edge(process, task, wait)
        if wait.kind is WaitKind.LOCK:
            return self._lock_edge(process, task, wait)
        found = []
        for interest in wait.interests:
            edge = self._channel_edge(process, task, wait, interest)
            if edge is None:
                return None
            found.append(edge)
        return found

    def _child_edge(self, process: Process, task: Task, wait: Wait) -> list[Edge] | None:
        children = self.children.get(process.pid, [])
        if wait.child is not None:
            children = [child for child in children if child.inner == wait.child]
        if not children:
            return None  # it has ended, or ends the wait just now
        blockers = frozenset(child.pid for child in children)
        return [Edge(process.pid, task.tid, wait, WaitKind.CHILD, blockers)]

    def _open_edge(self, process: Process, task: Task, wait: Wait) -> list[Edge] | None:
        """Anybody of the world who can still act may open the other side of a FIFO.

        One that was there before may have users beyond the world.
        """
        if wait.made < self.begun or wait.channel in self.outside:
            return None
        blockers = frozenset(self.living) - {process.pid}
        return [Edge(process.pid, task.tid, wait, WaitKind.OPEN, blockers)]

    def _socket_edge(
        self, process: Process, task: Task, wait: Wait, interest: Interest, entry: Descriptor
    ) -> Edge | None:
        """A connected Unix socket is served by whoever holds its peer."""
        peer = self.sockets.peers.get(entry.channel or "")
        if peer is None or entry.channel in self.outside or peer in self.outside or self.in_flight:
            return None
        holders = frozenset(self.readers.get(peer, set()) | self.writers.get(peer, set()))
        if not holders:
            return None
        relation = WaitKind.READ if interest.mode == "r" else WaitKind.WRITE
        return Edge(process.pid, task.tid, wait, relation, holders, entry, opposite=peer)

    def _anybody_edge(self, process: Process, task: Task, wait: Wait) -> list[Edge] | None:
        """Whoever of the world can still act may release a semaphore or send a message.

        An object of the machine's that the world did not make may have users beyond it.
        """
        if self.semaphores.reachable(wait.key):
            return None
        known = self.semaphores.holders
        found = (known.get((wait.key, number), 0) for number in wait.numbers)
        holders = frozenset(found) & frozenset(self.living)
        blockers = frozenset(self.living) - {process.pid}
        return [Edge(process.pid, task.tid, wait, wait.kind, blockers, None, holders)]

    def _lock_edge(self, process: Process, task: Task, wait: Wait) -> list[Edge] | None:
        """A file lock is given back by whoever has the open file through which it was taken."""
        entry = process.descriptor(wait.interests[0].fd)
        if entry is None or wait.lock is None:
            return None
        holders = frozenset(self._lock_holders(process, entry, wait.lock))
        if not holders:
            return None  # held beyond the world, or given back just now
        return [Edge(process.pid, task.tid, wait, WaitKind.LOCK, holders, entry, holders)]

    def _lock_holders(self, process: Process, entry: Descriptor, wanted: Wanted) -> Iterator[int]:
        for other in self.living.values():
            if other is process and wanted.kind == "POSIX":
                continue  # a process is never in its own way
            for each in other.descriptors:
                if each.target != entry.target:
                    continue
                with contextlib.suppress(Vanished):
                    held = held_locks(other.pid, each.fd)
                    if any(lock.hinders(wanted.kind, wanted.writes, wanted.span) for lock in held):
                        yield other.pid

    def _channel_edge(
        self, process: Process, task: Task, wait: Wait, interest: Interest
    ) -> Edge | None:
        entry = process.descriptor(interest.fd)
        if entry is None or entry.channel is None:
            return None
        if entry.kind is Kind.SOCKET:
            return self._socket_edge(process, task, wait, interest, entry)
        if entry.kind not in _CHANNELS:
            return None
        if entry.channel in self.outside or self.in_flight:
            return None
        reading = interest.mode == "r"
        if not (entry.reads if reading else entry.writes):
            return None  # fails with EBADF, or polls for a hang-up only
        holders = (self.writers if reading else self.readers).get(entry.channel, set())
        if not holders:
            return None  # end of file or EPIPE is on its way
        relation = WaitKind.READ if reading else WaitKind.WRITE
        opposite = entry.channel
        return Edge(
            process.pid, task.tid, wait, relation, frozenset(holders), entry, opposite=opposite
        )


def _waits_for_children(process: Process, wait: Wait) -> bool:
    """Whether a wait for signals can only be for SIGCHLD, as in the `wait` of some shells: it is
    handled, and of the others none that is not there to end a program."""
    handled = {number for number in signal.Signals if process.catches(number)}
    return (
        wait.call in ("rt_sigsuspend", "pause")
        and signal.SIGCHLD in handled
        and handled <= {signal.SIGCHLD, *_ENDING}
    )


def _may_wake(process: Process, untimed: frozenset[int]) -> bool:
    """Whether a timer or an I/O signal may be under way to a process."""
    if process.timers:
        return True
    if process.pid in untimed:
        return False
    return process.catches(signal.SIGALRM) or process.catches(signal.SIGIO)


def _closed_groups(stuck: frozenset[int], edges: tuple[Edge, ...]) -> tuple[frozenset[int], ...]:
    """The strongly connected groups without a wait that leaves them."""
    waits_for: dict[int, set[int]] = {pid: set() for pid in stuck}
    for edge in edges:
        waits_for[edge.pid] |= edge.blockers
    reach = {pid: _reachable(pid, waits_for) for pid in stuck}
    groups = {
        frozenset(reach[pid] | {pid})
        for pid in stuck
        if all(pid in reach[other] for other in reach[pid])
    }
    return tuple(sorted(groups, key=min))


def _reachable(start: int, waits_for: dict[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    queue = [start]
    while queue:
        for following in waits_for.get(queue.pop(), ()):
            if following not in seen:
                seen.add(following)
                queue.append(following)
    return seen
