"""All processes below one root at one moment: threads, waits, descriptors.

`fingerprint` is the cheap look, taken many times a second; `take_snapshot` the thorough one,
taken when two cheap looks were equal. A picture is only believed when the fingerprint before
and after it is the same.
"""

from dataclasses import dataclass
from typing import TypeAlias

from autograder.observe.descriptors import Descriptor, descriptors_of
from autograder.observe.procfs import (
    Vanished,
    command_line,
    descendants_of,
    list_numbers,
    read_bytes,
    read_stat,
    read_status,
    read_syscall,
)
from autograder.observe.waits import Wait, decode

Fingerprint: TypeAlias = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thread: its id, scheduler state (proc(5)) and, when blocked, what it waits for."""

    tid: int
    state: str
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Process:
    """One process. `pid` is the observer's number, `inner` what getpid(2) says inside.

    `parent` is the observer's number too. Signal sets are bit masks.
    """

    pid: int
    inner: int
    parent: int
    command: str
    argv: tuple[str, ...]
    state: str
    tasks: tuple[Task, ...]
    descriptors: tuple[Descriptor, ...]
    caught: int
    ignored: int
    timers: bool

    @property
    def zombie(self) -> bool:
        """Whether it has ended and waits to be reaped."""
        return self.state in ("Z", "X")

    def descriptor(self, fd: int) -> Descriptor | None:
        """The entry `fd` of its table, or None."""
        return next((entry for entry in self.descriptors if entry.fd == fd), None)

    def catches(self, signal: int) -> bool:
        """Whether it has a handler for `signal`."""
        return bool(self.caught >> (signal - 1) & 1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The processes of a world by pid, in the order parents before children."""

    processes: dict[int, Process]

    def living(self) -> list[Process]:
        """Those that have not ended."""
        return [process for process in self.processes.values() if not process.zombie]

    def children(self, pid: int) -> list[Process]:
        """Direct children of `pid`, zombies included."""
        return [process for process in self.processes.values() if process.parent == pid]


@dataclass(frozen=True, slots=True)
class Survey:
    """The cheap look: who is there, who is a zombie, and what everybody is blocked in.

    `zombies` maps pid to parent. `fingerprint` has the state, blocked call and context switches
    of every thread; None when some thread runs, since then nothing is stuck as a whole.
    """

    pids: tuple[int, ...]
    zombies: dict[int, int]
    fingerprint: Fingerprint | None


def survey(root: int) -> Survey:
    """Look at every process below `root` for a moment."""
    pids = tuple(descendants_of(root))
    zombies: dict[int, int] = {}
    running = False
    for pid in pids:
        try:
            stat = read_stat(pid)
        except Vanished:
            running = True
            continue
        if stat.state in "ZX":
            zombies[pid] = stat.parent
        running = running or stat.state == "R"
    if running or not pids:
        return Survey(pids, zombies, None)
    return Survey(pids, zombies, _fingerprint(pids, zombies))


def _fingerprint(pids: tuple[int, ...], zombies: dict[int, int]) -> Fingerprint | None:
    found: list[tuple[object, ...]] = []
    for pid in pids:
        if pid in zombies:
            found.append((pid, "Z"))
            continue
        try:
            for tid in list_numbers(f"/proc/{pid}/task"):
                state = read_stat(pid, tid).state
                if state == "R":
                    return None
                switches = read_status(pid, tid).switches
                found.append((tid, state, read_syscall(pid, tid), switches))
        except Vanished:
            return None
    return tuple(found)


def take_snapshot(root: int, hidden: frozenset[str] = frozenset()) -> Snapshot:
    """Look at every process below `root`; descriptors whose target is in `hidden` are left out."""
    processes: dict[int, Process] = {}
    for pid in descendants_of(root):
        try:
            processes[pid] = _process(pid, hidden)
        except Vanished:
            continue
    return Snapshot(processes)


def _process(pid: int, hidden: frozenset[str]) -> Process:
    stat, status = read_stat(pid), read_status(pid)
    zombie = stat.state in "ZX"
    descriptors: tuple[Descriptor, ...] = ()
    tasks: tuple[Task, ...] = ()
    if not zombie:
        every = descriptors_of(pid)
        descriptors = tuple(entry for entry in every if entry.target not in hidden)
        tasks = tuple(_task(pid, tid, every) for tid in list_numbers(f"/proc/{pid}/task"))
    return Process(
        pid=pid,
        inner=status.inner_pid,
        parent=stat.parent,
        command=stat.command,
        argv=tuple(command_line(pid)),
        state=stat.state,
        tasks=tasks,
        descriptors=descriptors,
        caught=status.caught,
        ignored=status.ignored,
        timers=not zombie and _has_timers(pid),
    )


def _task(pid: int, tid: int, descriptors: tuple[Descriptor, ...]) -> Task:
    state = read_stat(pid, tid).state
    call = read_syscall(pid, tid) if state == "S" else None
    return Task(tid, state, decode(pid, *call, descriptors) if call else None)


def _has_timers(pid: int) -> bool:
    try:
        return bool(read_bytes(f"/proc/{pid}/timers"))
    except Vanished:
        return False  # kernels without CONFIG_CHECKPOINT_RESTORE do not show them
