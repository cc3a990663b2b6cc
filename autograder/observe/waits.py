"""What one blocked system call waits for, as far as its arguments tell.

A call that is not understood, that carries a time limit or that waits on something outside the
processes observed is `WaitKind.OTHER`: its process may go on by itself, and nobody is accused.
"""

import fcntl
import os
import select
import stat
import struct
from dataclasses import dataclass
from enum import Enum

from autograder.observe.descriptors import Descriptor, Kind, fifo_channel
from autograder.observe.locks import WHOLE
from autograder.observe.mappings import mappings_of
from autograder.observe.procfs import Vanished, read_link, read_memory, read_text
from autograder.observe.syscalls import name_of

_AT_FDCWD = -100
_MAX_POLLED = 4096
_MAX_OPERATIONS = 500
_F_SETLKW, _F_OFD_SETLKW = 7, 38
_P_ALL, _P_PID = 0, 1
_FUTEX_WAITS = (0, 6, 9)  # FUTEX_WAIT, FUTEX_LOCK_PI, FUTEX_WAIT_BITSET
_FUTEX_PRIVATE = 128
# Shared memory without a name is reached by those alone who inherited it.
_NAMELESS = ("/dev/zero", "/memfd:")
_READS = {"read", "readv", "recvfrom", "recvmsg"}
_WRITES = {"write", "writev", "sendto", "sendmsg"}


class WaitKind(Enum):
    """Whose action ends the wait."""

    READ = "read"
    WRITE = "write"
    READY = "ready"
    CHILD = "child"
    SIBLING = "sibling"
    OPEN = "open"
    SEMAPHORE = "semaphore"
    MESSAGE = "message"
    LOCK = "lock"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Interest:
    """One descriptor a call waits on: `fd`, for reading ('r') or for writing ('w')."""

    fd: int
    mode: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lock that is asked for: its kind as in `HeldLock`, for writing or not, bytes [start, end).

    A span that counts from the file's position or end is taken for the whole file.
    """

    kind: str
    writes: bool
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wait:
    """A blocked call: its name, what kind of wait it is, on which descriptors or child.

    `child` is a pid as the waiting process sees it (its own PID namespace); None means any.
    For a blocked open of a FIFO, `path` is its name as the process gave it, `channel` the FIFO,
    `made` when it was made (seconds since the epoch), and the interest's mode tells the direction.
    `key` is the ledger's name of a semaphore set or queue, or of the segment or file in which a
    futex lies ('memory:…' where that has no name), `numbers` are the semaphores of the set that are
    waited for.
    """

    call: str
    kind: WaitKind
    interests: tuple[Interest, ...] = ()
    child: int | None = None
    path: str = ""
    channel: str | None = None
    made: float = 0.0
    key: str = ""
    numbers: tuple[int, ...] = ()
    lock: Wanted | None = None


def decode(
    pid: int, number: int, args: tuple[int, ...], descriptors: tuple[Descriptor, ...]
) -> Wait:
    """Read a blocked call's arguments; pollfd arrays and fd sets come from the process's memory."""
    call = name_of(number)
    other = Wait(call, WaitKind.OTHER)
    try:
        return _decode(pid, call, args, descriptors) or other
    except (Vanished, struct.error):
        return other


def _decode(
    pid: int, call: str, args: tuple[int, ...], descriptors: tuple[Descriptor, ...]
) -> Wait | None:
    if call in _READS:
        return Wait(call, WaitKind.READ, (Interest(_int(args[0]), "r"),))
    if call in _WRITES:
        return Wait(call, WaitKind.WRITE, (Interest(_int(args[0]), "w"),))
    if call in ("splice", "tee", "sendfile"):
        return _copying(call, args)
    if call == "wait4":
        child = _int(args[0])
        return Wait(call, WaitKind.CHILD, child=child if child > 0 else None)
    if call == "waitid" and args[0] in (_P_ALL, _P_PID):
        return Wait(call, WaitKind.CHILD, child=_int(args[1]) if args[0] == _P_PID else None)
    if call == "futex":
        return _futex(pid, call, args)
    if call in ("semop", "semtimedop"):
        return _semaphore(pid, call, args)
    if call in ("msgrcv", "mq_timedreceive"):
        return _message(pid, call, args)
    if call in ("flock", "fcntl"):
        return _lock(pid, call, args)
    if call in ("open", "openat"):
        return _opening(pid, call, args if call == "openat" else (_AT_FDCWD, *args))
    return _readiness(pid, call, args, descriptors)


def _lock(pid: int, call: str, args: tuple[int, ...]) -> Wait | None:
    """A request for a lock on a whole file (flock(2)) or a part of it (struct flock, fcntl(2))."""
    interests = (Interest(_int(args[0]), "l"),)
    if call == "flock":
        wanted = Wanted("FLOCK", not args[1] & fcntl.LOCK_SH, WHOLE)
        return Wait(call, WaitKind.LOCK, interests, lock=wanted)
    kinds = {_F_SETLKW: "POSIX", _F_OFD_SETLKW: "OFDLCK"}
    if args[1] not in kinds:
        return None
    kind, whence, start, length = struct.unpack("=hh4xqq", read_memory(pid, args[2], 24))
    span = WHOLE
    if whence == os.SEEK_SET and length >= 0:
        span = (start, start + length if length else WHOLE[1])
    wanted = Wanted(kinds[args[1]], kind == fcntl.F_WRLCK, span)
    return Wait(call, WaitKind.LOCK, interests, lock=wanted)


def _opening(pid: int, call: str, args: tuple[int, ...]) -> Wait | None:
    """A blocked open of a FIFO waits until somebody opens its other side (fifo(7))."""
    access = args[2] & os.O_ACCMODE
    path = read_text(pid, args[1])
    if path.startswith("/"):
        seen = f"/proc/{pid}/root{path}"
    else:
        folder = _int(args[0])
        base = "cwd" if folder == _AT_FDCWD else f"fd/{folder}"
        seen = f"/proc/{pid}/{base}/{path}"
    try:
        info = os.stat(seen)
    except OSError:
        return None
    if not stat.S_ISFIFO(info.st_mode) or access == os.O_RDWR:
        return None
    interest = Interest(-1, "r" if access == os.O_RDONLY else "w")
    channel = fifo_channel(info)
    return Wait(call, WaitKind.OPEN, (interest,), None, path, channel, info.st_ctime)


def _copying(call: str, args: tuple[int, ...]) -> Wait:
    """A copy between descriptors waits on one end or the other; it is not known on which."""
    source, sink = {
        "splice": (args[0], args[2]),
        "tee": (args[0], args[1]),
        "sendfile": (args[1], args[0]),
    }[call]
    interests = (Interest(_int(source), "r"), Interest(_int(sink), "w"))
    return Wait(call, WaitKind.READY, interests)


def _futex(pid: int, call: str, args: tuple[int, ...]) -> Wait | None:
    """Without time limit, a private futex is ended by a thread of the same process only.

    One that is not private may lie in shared memory: a POSIX semaphore, a lock between processes.
    """
    operation, timeout = args[1], args[3]
    if timeout != 0 or (operation & 127) not in _FUTEX_WAITS:
        return None
    if operation & _FUTEX_PRIVATE:
        return Wait(call, WaitKind.SIBLING)
    return Wait(call, WaitKind.SEMAPHORE, key=_home(pid, args[0]))


def _home(pid: int, address: int) -> str:
    """The name under which others can reach the memory at `address`: one that begins with a
    slash, or a segment; memory that is only inherited has none, and is told apart by its place."""
    for each in mappings_of(pid):
        if each.start <= address < each.end:
            if each.path.startswith("/SYSV"):
                return f"shm:{each.inode}"
            if each.shared and not each.path.startswith(_NAMELESS):
                return each.path.removesuffix(" (deleted)")
            return f"memory:{each.inode}+{each.offset + address - each.start}"
    return ""


def _semaphore(pid: int, call: str, args: tuple[int, ...]) -> Wait | None:
    """The sembufs of a System V operation (semop(2)): number, change, flags, two bytes each."""
    count = args[2]
    if not 0 < count <= _MAX_OPERATIONS or (call == "semtimedop" and args[3]):
        return None
    operations = struct.iter_unpack("=Hhh", read_memory(pid, args[1], 6 * count))
    numbers = tuple(number for number, change, _ in operations if change <= 0)
    return Wait(call, WaitKind.SEMAPHORE, key=f"sem:{_int(args[0])}", numbers=numbers)


def _message(pid: int, call: str, args: tuple[int, ...]) -> Wait | None:
    """A receive without time limit, from a System V or a POSIX queue."""
    if call == "msgrcv":
        return Wait(call, WaitKind.MESSAGE, key=f"msg:{_int(args[0])}")
    if args[4]:
        return None
    name = read_link(f"/proc/{pid}/fd/{_int(args[0])}").removesuffix(" (deleted)")
    return Wait(call, WaitKind.MESSAGE, key="/dev/mqueue" + name)


def _readiness(
    pid: int, call: str, args: tuple[int, ...], descriptors: tuple[Descriptor, ...]
) -> Wait | None:
    if call in ("poll", "ppoll"):
        endless = _int(args[2]) < 0 if call == "poll" else args[2] == 0
        interests = _polled(pid, args[0], args[1]) if endless else ()
    elif call in ("select", "pselect6"):
        interests = _selected(pid, args) if args[4] == 0 else ()
    elif call.startswith("epoll_"):
        endless = args[3] == 0 if call == "epoll_pwait2" else _int(args[3]) < 0
        interests = _epolled(_int(args[0]), descriptors) if endless else ()
    else:
        return None
    return Wait(call, WaitKind.READY, interests) if interests else None


def _polled(pid: int, address: int, count: int) -> tuple[Interest, ...]:
    if not 0 < count <= _MAX_POLLED:
        return ()
    data = read_memory(pid, address, count * 8)
    found: list[Interest] = []
    for fd, events, _ in struct.iter_unpack("=ihh", data):
        if fd >= 0:
            # Hang-up and errors are always reported, so an empty mask waits for the peer's end.
            if events & select.POLLOUT:
                found.append(Interest(fd, "w"))
            if events & select.POLLIN or not events & select.POLLOUT:
                found.append(Interest(fd, "r"))
    return tuple(found)


def _selected(pid: int, args: tuple[int, ...]) -> tuple[Interest, ...]:
    count = _int(args[0])
    if not 0 < count <= _MAX_POLLED:
        return ()
    found: list[Interest] = []
    for address, mode in ((args[1], "r"), (args[2], "w")):
        if address:
            words = read_memory(pid, address, (count + 63) // 64 * 8)
            bits = int.from_bytes(words, "little")
            found += [Interest(fd, mode) for fd in range(count) if bits >> fd & 1]
    return tuple(found)


def _epolled(epfd: int, descriptors: tuple[Descriptor, ...]) -> tuple[Interest, ...]:
    for descriptor in descriptors:
        if descriptor.fd == epfd and descriptor.kind is Kind.EPOLL:
            return tuple(
                Interest(fd, "w" if events & select.EPOLLOUT else "r")
                for fd, events in descriptor.epoll_targets
            )
    return ()


def _int(value: int) -> int:
    """A system call argument as the signed 32-bit int that pids and descriptors are."""
    value &= 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value
