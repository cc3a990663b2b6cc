"""What a picture of waits has in it, before it is drawn or told.

Boxes are processes, or several that are alike. Things are what they wait on: pipes, FIFOs, socket
pairs, semaphores, locks, message queues. A row of a box is one descriptor or one wait; it leads to
a thing, or to the box of a child that is waited for.

Only pipes, FIFOs and sockets that belong to the processes shown are in the scene; descriptors
0, 1 and 2 appear when they lead to one of these.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from autograder.checks import words
from autograder.draw.crowd import Crowd
from autograder.draw.lettering import bytes_in_words, shorten
from autograder.draw.things import Thing, Things
from autograder.observe import Analysis, Edge, Process, Wait, WaitKind
from autograder.observe.descriptors import Descriptor
from autograder.observe.waits import Interest
from autograder.sandbox import Picture

MOST_ROWS = 8


class Role(Enum):
    """What a row has to do with the waits."""

    WAITS = "waits"
    HOLDS = "holds"
    OTHER = "other"


class Standing(Enum):
    """What is known about a process: it is one of the cause, it is stuck behind it, or neither."""

    CAUSE = "stuck"
    BEHIND = "stuck behind them"
    FREE = "can go on"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a box. `words` tells it in full, `label` is what stands in the box.

    `tag` is what it does about the wait ('waits', 'keeps it open'), in the box at the right.
    `thing` is the index of the thing it leads to, `boxes` those of the children waited for, `side`
    the end of a socket pair, `flow` the way that data takes: 'r' to the process, 'w' from it.
    """

    label: str
    words: str
    role: Role = Role.OTHER
    tag: str = ""
    thing: int | None = None
    side: int = 0
    boxes: tuple[int, ...] = ()
    flow: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One process, or several alike: heading, what it is doing, its rows, how it stands.

    `short` names it in a few letters; `left_out` is the number of rows that are not shown;
    `named`: the finding speaks of it.
    """

    heading: str
    doing: str
    rows: tuple[Row, ...]
    standing: Standing
    short: str
    left_out: int = 0
    named: bool = False

    def keeping(self, rows: Iterable[Row]) -> "Box":
        """The box with these of its rows, at most `MOST_ROWS`, and the others counted."""
        kept = tuple(rows)[:MOST_ROWS]
        return replace(self, rows=kept, left_out=self.left_out + len(self.rows) - len(kept))

    @property
    def rest(self) -> str:
        """'and 5 more descriptors', or nothing."""
        return (
            f"and {self.left_out} more descriptor{'s' if self.left_out > 1 else ''}"
            if self.left_out
            else ""
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """Boxes, the things between them, and what did not fit, in words."""

    boxes: tuple[Box, ...]
    things: tuple[Thing, ...]
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Focus:
    """What a picture is about: the pids that are the cause, and those that the finding names.

    `fills` has the bytes that are known to be in a channel, and how many fit (None: not known);
    `doing` says of a pid what it does, where that is known better than from its system call.
    """

    cause: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    fills: Mapping[str, tuple[int, int | None]] = field(default_factory=dict)
    doing: Mapping[int, str] = field(default_factory=dict)


def compose(
    picture: Picture, analysis: Analysis | None = None, focus: Focus | None = None
) -> Scene:
    """The scene of a picture; `analysis` marks who is stuck, `focus` which of them matter here."""
    if focus is None:
        focus = Focus()
    if analysis and not focus.cause:
        focus = replace(focus, cause=tuple(sorted(frozenset().union(*analysis.causes))))
    return _Composer(picture, analysis, focus).scene()


class _Composer:
    def __init__(self, picture: Picture, analysis: Analysis | None, focus: Focus) -> None:
        self.picture, self.focus = picture, focus
        self.edges: tuple[Edge, ...] = analysis.edges if analysis else ()
        self.analysis = analysis
        self.crowd = Crowd(picture, analysis, focus.cause, focus.named)
        shown = [people[0] for people in self.crowd.groups]
        self.places = {
            process.pid: index
            for index, people in enumerate(self.crowd.groups)
            for process in people
        }
        self.things = Things(picture, shown, self.edges)
        self._fill()

    def scene(self) -> Scene:
        boxes = tuple(self._box(people) for people in self.crowd.groups)
        return Scene(boxes, self.things.found(), self.crowd.hidden())

    def _fill(self) -> None:
        """How full each channel is: told by the finding, or plain from who is blocked on it."""
        for edge in self.edges:
            channel = edge.descriptor.channel if edge.descriptor else None
            if channel and edge.wait.kind in (WaitKind.READ, WaitKind.WRITE):
                reading = edge.wait.kind is WaitKind.READ
                self.things.note(channel, "empty" if reading else "no room", None)
        for channel, (fill, capacity) in self.focus.fills.items():
            share = fill / capacity if capacity else None
            of = f"{fill:,} of {capacity:,} bytes" if capacity else bytes_in_words(fill)
            self.things.note(channel, of, share)

    # -- boxes ---------------------------------------------------------------------------------

    def _box(self, people: list[Process]) -> Box:
        process = people[0]
        rows = [*self._waits(process), *self._ends(process), *self._possessions(process)]
        rows.sort(key=lambda row: row.role is Role.OTHER)
        box = Box(
            self._heading(people),
            self._doing(process),
            tuple(rows),
            self._standing(process.pid),
            f"process {process.inner}" if len(people) == 1 else f"{len(people)} processes",
            sum(self.things.left_out(entry.channel) for entry in process.descriptors),
            any(each.pid in self.focus.named for each in people),
        )
        return box.keeping(rows)

    def _heading(self, people: list[Process]) -> str:
        name = words.capital(words.name_process(self.picture, people[0].pid)).replace("`", "")
        if len(people) == 1:
            return shorten(name, 60)
        numbers = [str(process.inner) for process in people]
        listed = numbers if len(numbers) <= 4 else [*numbers[:2], "…", numbers[-1]]
        what = "" if words.is_python(people[0]) else f" ({shorten(people[0].command, 16)})"
        return f"{len(people)} alike{what}: processes {', '.join(listed)}"

    def _standing(self, pid: int) -> Standing:
        if self.analysis is None:
            return Standing.UNKNOWN
        if pid in self.focus.cause and pid in self.analysis.stuck:
            return Standing.CAUSE
        return Standing.BEHIND if pid in self.analysis.stuck else Standing.FREE

    def _doing(self, process: Process) -> str:
        if process.pid in self.focus.doing:
            return self.focus.doing[process.pid]
        task = process.tasks[0] if process.tasks else None
        if process.pid == self.picture.asker:
            what = "takes this picture"
        elif task is None or task.wait is None:
            what = "running"
        else:
            fds = ", ".join(str(interest.fd) for interest in task.wait.interests[:4])
            fds = shorten(task.wait.path, 24) or fds
            what = f"in {task.wait.call}({fds})" if fds else f"in {task.wait.call}"
        frame = words.own_frame(self.picture.stacks.get(process.pid, ()))
        place = f" at {words.place(frame.file, frame.line)}" if frame else ""
        return what + shorten(place, 48)

    # -- rows ----------------------------------------------------------------------------------

    def _ends(self, process: Process) -> list[Row]:
        """A row for each descriptor that leads to a pipe, FIFO or socket of the scene."""
        waited = {(interest.fd, interest.mode) for interest in _interests(process)}
        rows = []
        for entry in process.descriptors:
            place = self.things.place(entry.channel)
            if entry.channel is None or place is None:
                continue
            role, tag = Role.OTHER, self._held(process.pid, entry)
            if waited & {(entry.fd, "r"), (entry.fd, "w")}:
                role, tag = Role.WAITS, "waits"
            elif tag:
                role = Role.HOLDS
            side = self.things.side(entry.channel)
            label = self._end(process.pid, entry, place, side)
            text = f"descriptor {label}" + (f", {tag}" if tag else "")
            rows.append(Row(label, text, role, tag, place, side, (), entry.access))
        return rows

    def _end(self, pid: int, entry: Descriptor, place: int, side: int) -> str:
        """One descriptor: number, variable, and which end of what it is."""
        thing = self.things.at(place)
        variable = words.variable(self.picture, pid, entry.fd) or ""
        name = f"{entry.fd} ({shorten(variable, 18)})" if variable else f"{entry.fd}"
        end = {"r": "read end", "w": "write end"}.get(entry.access, "both ends")
        if thing.kind == "socket":
            end = f"end {side}" if side else "an end"
        return f"{name}: {end} of {thing.name}"

    def _held(self, pid: int, entry: Descriptor) -> str:
        """What this end does not do although a member of the cause waits for it."""
        for edge in self.edges:
            if edge.opposite != entry.channel or pid not in edge.blockers:
                continue
            reading = edge.relation is WaitKind.READ
            if edge.pid in self.focus.cause and (entry.writes if reading else entry.reads):
                return "keeps it open" if reading else "does not read"
        return ""

    def _waits(self, process: Process) -> list[Row]:
        """A row for each wait that is not on a pipe, FIFO or socket that the process has open."""
        if process.pid == self.picture.asker:
            return []
        rows = []
        for task in process.tasks:
            if task.wait is None:
                continue
            if task.wait.kind is WaitKind.CHILD:
                rows.append(self._child(process, task.wait))
            elif (place := self.things.awaited(process, task.wait)) is not None:
                thing = self.things.at(place)
                what = _wish(task.wait, thing)
                rows.append(Row(what, what, Role.WAITS, "", place))
        return rows

    def _child(self, process: Process, wait: Wait) -> Row:
        children = [
            child
            for child in self.picture.snapshot.children(process.pid)
            if not child.zombie and wait.child in (None, child.inner)
        ]
        boxes = tuple(
            dict.fromkeys(self.places[child.pid] for child in children if child.pid in self.places)
        )
        numbers = [str(child.inner) for child in children]
        if len(numbers) > 4:
            numbers[3:] = [f"{len(numbers) - 3} more"]
        listed = " or ".join(filter(None, (", ".join(numbers[:-1]), *numbers[-1:])))
        text = f"waits for the end of process {listed}"
        return Row(text, text, Role.WAITS, boxes=boxes[:4])

    def _possessions(self, process: Process) -> list[Row]:
        """Semaphores and locks that others wait for and that, says the kernel, this one has."""
        rows = {}
        for edge in self.edges:
            if process.pid not in edge.holders or edge.pid == process.pid:
                continue
            waiter = self.picture.snapshot.processes[edge.pid]
            place = self.things.awaited(waiter, edge.wait)
            if place is not None:
                name = self.things.at(place).name
                locked = edge.relation is WaitKind.LOCK
                text = f"has the {name}" if locked else f"used {name} last, and it is 0"
                rows[place] = Row(text, text, Role.HOLDS, "", place)
        return list(rows.values())


def _interests(process: Process) -> list[Interest]:
    return [
        interest
        for task in process.tasks
        if task.wait is not None
        for interest in task.wait.interests
    ]


def _wish(wait: Wait, thing: Thing) -> str:
    if wait.kind is WaitKind.OPEN:
        purpose = "reading" if wait.interests[0].mode == "r" else "writing"
        return f"opens {thing.name} for {purpose}, and waits"
    if wait.kind is WaitKind.MESSAGE:
        return f"waits for a message in {thing.name}"
    return f"waits for {'the ' if wait.kind is WaitKind.LOCK else ''}{thing.name}"
