"""What outlives processes: System V objects, POSIX shared memory and queues, FIFOs and sockets.

/proc/sysvipc shows the IPC namespace of whoever reads it, so the ledger is taken by a process
inside the world.
"""

import ctypes
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from autograder.observe.sysvipc import rows, segments

_MAX_FILES = 10_000
_MAX_SEMAPHORES = 64
_GETPID, _GETVAL = 11, 12  # commands of semctl(2)
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Leftover:
    """One object: its `kind` (segment, semaphore, queue, fifo, socket), a `name` a person can use.

    `key` identifies it among all of its kind, `creator` is the pid that made it (0: unknown).
    """

    kind: str
    name: str
    key: str
    creator: int = 0
    size: int = 0
    note: str = ""

    def as_plain(self) -> dict[str, object]:
        """Plain data for a message or a report."""
        return asdict(self)


def ipc_objects() -> list[Leftover]:
    """System V segments, semaphore sets and queues, and POSIX objects, of this IPC namespace."""
    return [
        *_segments(),
        *_sysv("sem", "semaphore"),
        *_sysv("msg", "queue"),
        *_posix("/dev/shm"),
        *_posix("/dev/mqueue"),
    ]


def _segments() -> list[Leftover]:
    found = []
    for each in segments():
        name = f"System V segment {each.id} (key {each.key:#x})"
        note = f"attached {each.attached} times" + (", marked for deletion" * each.removed)
        found.append(
            Leftover("segment", name, f"shm:{each.id}", each.creator, each.size, note),
        )
    return found


def _sysv(table: str, kind: str) -> list[Leftover]:
    found = []
    for row in rows(table):
        number = row["semid" if table == "sem" else "msqid"]
        key = int(row["key"]) & 0xFFFFFFFF
        what = "semaphore set" if table == "sem" else "message queue"
        name = f"System V {what} {number} (key {key:#x})"
        creator = int(row.get("lspid", 0))
        found.append(Leftover(kind, name, f"{table}:{number}", creator))
    return found


def _posix(folder: str) -> list[Leftover]:
    found = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    for entry in entries:
        if folder == "/dev/mqueue":
            found.append(queue_left(entry.path))
            continue
        if entry.name.startswith("sem."):
            kind, name = "semaphore", f"POSIX semaphore /{entry.name[4:]}"
        else:
            kind, name = "segment", f"POSIX shared memory /{entry.name}"
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
        found.append(Leftover(kind, name, entry.path, size=size))
    return found


def queue_left(key: str) -> Leftover:
    """A POSIX message queue; its size is not told."""
    return Leftover("queue", f"POSIX message queue /{key.rpartition('/')[2]}", key)


def semaphore_states() -> list[tuple[str, int, int, int]]:
    """(ledger key, number, value, pid of the last operation) of every System V semaphore."""
    found = []
    for row in rows("sem"):
        identity = int(row["semid"])
        for number in range(min(int(row["nsems"]), _MAX_SEMAPHORES)):
            value = int(_libc.semctl(identity, number, _GETVAL))
            last = int(_libc.semctl(identity, number, _GETPID))
            if value >= 0 and last >= 0:
                found.append((f"sem:{identity}", number, value, last))
    return found


def special_files(folders: Iterable[str]) -> list[Leftover]:
    """FIFOs and socket files below `folders`, at most 10,000 entries and no other mounts."""
    found: list[Leftover] = []
    queue = [(folder, _device(folder)) for folder in folders]
    budget = _MAX_FILES
    while queue and budget > 0:
        folder, device = queue.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            budget -= 1
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISDIR(info.st_mode) and info.st_dev == device:
                queue.append((entry.path, device))
            elif stat.S_ISFIFO(info.st_mode):
                found.append(Leftover("fifo", f"FIFO {entry.path}", entry.path))
            elif stat.S_ISSOCK(info.st_mode):
                found.append(Leftover("socket", f"socket file {entry.path}", entry.path))
    return found


def _device(folder: str) -> int:
    try:
        return os.stat(folder).st_dev
    except OSError:
        return -1
