"""What one run left on record: facts alone, gathered from outside, before anyone explains them."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from autograder.observe import Analysis, Snapshot
from autograder.observe.ledger import Leftover
from autograder.observe.mappings import Mapping
from autograder.observe.pipes import Fill


class Outcome(StrEnum):
    """How a run ended. `vanished`: without a trace of how, because its world was ended."""

    RETURNED = "returned"
    RAISED = "raised"
    EXITED = "exited"
    KILLED = "killed"
    DEADLOCK = "deadlock"
    TIMEOUT = "timeout"
    LIMIT = "limit"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Exit:
    """Exit status of the first process: a code or a signal number, never both."""

    code: int | None = None
    signal: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a stack: where, and which variables hold numbers that may be descriptors."""

    file: str
    line: int
    function: str
    names: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionRecord:
    """An exception of the student's code. `types` are its class and bases, by name."""

    types: tuple[str, ...]
    message: str
    errno: int | None
    frames: tuple[Frame, ...]
    inner: int = 0

    @property
    def type(self) -> str:
        """The name of its own class."""
        return self.types[0] if self.types else "Exception"

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


@dataclass(frozen=True, slots=True)
class Event:
    """A call that makes processes or sends signals, told by the process `inner` itself."""

    kind: str
    what: str
    inner: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All processes at one moment, with the stacks of those that could be asked (by pid).

    `asker` is the pid of the process that asked for the picture, 0 for the judge. `fills` tell,
    by channel, how full the pipes are that somebody waits for. `mapped` are the asker's mappings
    of files, libraries included.
    """

    snapshot: Snapshot
    label: str = ""
    stacks: dict[int, tuple[Frame, ...]] = field(default_factory=dict)
    asker: int = 0
    fills: dict[str, Fill] = field(default_factory=dict)
    mapped: tuple[Mapping, ...] = ()

    def mappings(self, name: str) -> tuple[Mapping, ...]:
        """The asker's mappings of the file with that base name, ascending by address."""
        return tuple(each for each in self.mapped if PurePath(each.path).name == name)


BUSY_SHARE = 0.5  # of the time: from there on a process counts as one that computes


@dataclass(frozen=True, slots=True)
class Activity:
    """What one process used: seconds on a processor, waiting for one, and in the kernel.

    The kernel counts the waiting when it is over, so one that waits all the time has none.
    """

    cpu: float
    waited: float
    system: float
    faults: int
    read_calls: int
    read_bytes: int
    write_calls: int


@dataclass(frozen=True, slots=True)
class Spin:
    """How busy each process was in the last `seconds` before the time was over.

    `calls` are the system calls it was seen blocked in ('running' for none).
    """

    seconds: float
    activity: dict[int, Activity]
    calls: dict[int, tuple[str, ...]]

    def busy(self, pid: int) -> float:
        """Seconds in which it ran or would have run, had a processor been free."""
        used, looks = self.activity[pid], self.calls[pid]
        seen = looks.count("running") / len(looks) if looks else 0.0
        return max(used.cpu + used.waited, seen * self.seconds)

    def busiest(self) -> int | None:
        """Who was busy most of all, if that was for `BUSY_SHARE` of the time."""
        pid = max(self.activity, key=self.busy, default=None)
        return pid if pid is not None and self.busy(pid) >= BUSY_SHARE * self.seconds else None


@dataclass(frozen=True, slots=True)
class Lost:
    """Bytes that were printed but never written. `fd` is the descriptor they were meant for,
    `text` their beginning ('' if unknown), `how` what threw them away: '_exit' or 'exec'.

    `file`, `line` and `variable` tell where, in Python programs ('' and 0 elsewhere).
    """

    pid: int
    fd: int
    size: int
    text: str
    how: str
    file: str
    line: int
    variable: str


@dataclass(frozen=True, slots=True)
class Doubled:
    """Bytes that waited in a buffer when `parent` forked and that `pid`, its child, wrote too."""

    pid: int
    parent: int
    fd: int
    size: int
    text: str


@dataclass(frozen=True, slots=True)
class Copied:
    """Writes to a private mapping: `size` bytes of `pid` differ from what others see.

    `path` is the mapped file (None: anonymous memory), `offset` the first differing byte, `length`
    the mapping's; `sign` says what shows that they were meant for others.
    """

    pid: int
    path: str | None
    offset: int
    length: int
    size: int
    sign: str


@dataclass(frozen=True, slots=True)
class Unsynced:
    """What a power cut would take from a file that `pid` mapped shared: `size` bytes from
    `offset` on were changed and not written back."""

    pid: int
    path: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """A process ended with `code`, not 0 (-1: not by itself, or not at all), after it had written
    the error `text` to standard error.

    `program` is what it ran, `system` whether that came with the system; `file` and `line` tell
    where, in Python programs ('' and 0 elsewhere); `executed`: it was not only forked.
    """

    pid: int
    errno: int
    text: str
    code: int
    program: str
    system: bool
    file: str
    line: int
    executed: bool


@dataclass(frozen=True, slots=True)
class Crash:
    """A child that a signal ended; `executed` and `system` as in `Complaint`."""

    pid: int
    signal: int
    executed: bool
    system: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A process that met the limit on its memory: the limit, and the most it had or asked for,
    in bytes. What it made of that is another question."""

    pid: int
    limit: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Short:
    """A file of `size` bytes that was mapped up to byte `mapped`, pages beyond its end."""

    path: str
    mapped: int
    size: int


@dataclass(frozen=True, slots=True)
class Polled:
    """A process that ended after many reads that brought nothing; times in seconds."""

    pid: int
    calls: int
    size: int
    cpu: float
    lived: float


@dataclass(slots=True)
class Evidence:
    """The complete record of one run, filled while it goes on. Times in seconds.

    `chunks` are (observer's pid of the writer, whether to standard error, bytes), for labelled
    runs; `born` maps forked processes, by the observer's pid, to their own and their parent's
    pid inside. `seen` maps every process that was looked at, by the observer's pid, to its own
    and its parent's pid inside, command and last state. `forks` and
    `programs` are what init saw (None: it could not look), `durable` the files that were mapped
    shared and writable (None likewise), `images` what of each would survive a power cut, by path
    (small files only). `unread`: whoever read the judge's own standard output
    or error, which a program of the user's shares, had gone away at the end; `interrupted`: the
    user ended it (Ctrl-C). `on_purpose`: who was sent the signal of a fault (SIGSEGV, SIGBUS).
    """

    outcome: Outcome = Outcome.VANISHED
    exit: Exit = field(default_factory=Exit)
    value: Any = None
    exception: ExceptionRecord | None = None
    stdout: bytes = b""
    stderr: bytes = b""
    chunks: list[tuple[int, bool, bytes]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    forks: int | None = None
    programs: list[str] | None = None
    born: dict[int, tuple[int, int]] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    seen: dict[int, tuple[int, int, str, str]] = field(default_factory=dict)
    first: int = 0
    first_inner: int = 0
    at_end: Picture | None = None
    stuck: Picture | None = None
    analysis: Analysis | None = None
    spin: Spin | None = None
    zombies: dict[int, tuple[int, str]] = field(default_factory=dict)
    orphans: list[int] = field(default_factory=list)
    ran_on: list[int] = field(default_factory=list)
    child_exceptions: list[ExceptionRecord] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    doubled: list[Doubled] = field(default_factory=list)
    copied: list[Copied] = field(default_factory=list)
    unsynced: list[Unsynced] = field(default_factory=list)
    durable: list[str] | None = None
    images: dict[str, bytes] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    polled: list[Polled] = field(default_factory=list)
    short: list[Short] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    on_purpose: list[int] = field(default_factory=list)
    unread: bool = False
    interrupted: bool = False
    limit: str | None = None
    taken: int = 0  # bytes of disk or memory by all processes together, when that was the limit
    most_processes: int = 0
    duration: float = 0.0
    timeout: float = 0.0
