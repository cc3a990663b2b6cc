"""The descriptor table of one process, read by `readlink` and `fdinfo` only.

`/proc/PID/fd/N` of a pipe must never be opened: that would add an end. `stat` through the link
does not open it, and tells a FIFO's device and inode.
"""

import fcntl
import os
import stat
from dataclasses import dataclass
from enum import Enum

from autograder.observe.procfs import Vanished, list_numbers, read_bytes


class Kind(Enum):
    """What an open file description refers to."""

    PIPE = "pipe"
    FIFO = "fifo"
    SOCKET = "socket"
    EPOLL = "epoll"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One entry of a descriptor table.

    `target` is what readlink shows; `flags` are the open(2) flags of fdinfo; `channel` names
    the pipe, FIFO or socket behind it and is equal for every descriptor of the same object.
    """

    fd: int
    target: str
    kind: Kind
    flags: int
    channel: str | None
    epoll_targets: tuple[tuple[int, int], ...] = ()

    @property
    def reads(self) -> bool:
        """Whether data can be read through it."""
        return (self.flags & os.O_ACCMODE) in (os.O_RDONLY, os.O_RDWR)

    @property
    def writes(self) -> bool:
        """Whether data can be written through it."""
        return (self.flags & os.O_ACCMODE) in (os.O_WRONLY, os.O_RDWR)

    @property
    def nonblocking(self) -> bool:
        """Whether O_NONBLOCK is set on the open file description."""
        return bool(self.flags & os.O_NONBLOCK)

    @property
    def close_on_exec(self) -> bool:
        """Whether the descriptor goes away at exec."""
        return bool(self.flags & os.O_CLOEXEC)

    @property
    def access(self) -> str:
        """'r', 'w' or 'rw'."""
        return ("r" if self.reads else "") + ("w" if self.writes else "")


def descriptors_of(pid: int, hidden: frozenset[str] = frozenset()) -> tuple[Descriptor, ...]:
    """The table of process `pid`, ascending, without those whose target is in `hidden`.

    Raises `Vanished` when the process cannot be read.
    """
    found = []
    for fd in list_numbers(f"/proc/{pid}/fd"):
        try:
            descriptor = _read(pid, fd)
        except Vanished:
            continue  # closed since it was listed
        if descriptor.target not in hidden:
            found.append(descriptor)
    return tuple(found)


def _read(pid: int, fd: int) -> Descriptor:
    link = f"/proc/{pid}/fd/{fd}"
    try:
        target = os.readlink(link)
    except OSError as error:
        raise Vanished(link) from error
    flags, epoll = _fdinfo(pid, fd)
    if target.startswith("pipe:["):
        return Descriptor(fd, target, Kind.PIPE, flags, target)
    if target.startswith("socket:["):
        return Descriptor(fd, target, Kind.SOCKET, flags, target)
    if target == "anon_inode:[eventpoll]":
        return Descriptor(fd, target, Kind.EPOLL, flags, None, epoll)
    if target.startswith("/") and (channel := _fifo_channel(link)):
        return Descriptor(fd, target, Kind.FIFO, flags, channel)
    return Descriptor(fd, target, Kind.OTHER, flags, None)


def _fifo_channel(link: str) -> str | None:
    try:
        info = os.stat(link)
    except OSError as error:
        raise Vanished(link) from error
    return f"fifo:[{info.st_dev}:{info.st_ino}]" if stat.S_ISFIFO(info.st_mode) else None


def _fdinfo(pid: int, fd: int) -> tuple[int, tuple[tuple[int, int], ...]]:
    """(open flags, (descriptor, epoll event mask) pairs of an epoll instance)."""
    flags, epoll = 0, []
    for line in read_bytes(f"/proc/{pid}/fdinfo/{fd}").splitlines():
        if line.startswith(b"flags:"):
            flags = int(line.split()[1], 8)
        elif line.startswith(b"tfd:"):
            fields = line.replace(b":", b" ").split()
            epoll.append((int(fields[1]), int(fields[3], 16)))
    return flags, tuple(epoll)


def capacity(fd: int) -> int:
    """Bytes one of our own pipe ends can hold (F_GETPIPE_SZ, fcntl(2))."""
    return fcntl.fcntl(fd, fcntl.F_GETPIPE_SZ)
