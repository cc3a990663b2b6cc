"""The descriptor table of one process, read by `readlink`, `lstat` and `fdinfo` only.

`/proc/PID/fd/N` of a pipe must never be opened: that would add an end. `stat` through the link
does not open it, and tells a FIFO's device and inode.
"""

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

    `target` is what readlink shows, `access` is 'r', 'w' or 'rw' ('' for O_PATH); `channel` names
    the pipe, FIFO or socket behind it and is equal for every descriptor of the same object.
    """

    fd: int
    target: str
    kind: Kind
    access: str
    channel: str | None
    epoll_targets: tuple[tuple[int, int], ...] = ()

    @property
    def reads(self) -> bool:
        """Whether data can be read through it."""
        return "r" in self.access

    @property
    def writes(self) -> bool:
        """Whether data can be written through it."""
        return "w" in self.access


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
        # The link's own permission bits are the access mode: one call instead of reading fdinfo,
        # which matters when hundreds of processes hold hundreds of ends.
        mode = os.lstat(link).st_mode
    except OSError as error:
        raise Vanished(link) from error
    access = ("r" if mode & stat.S_IRUSR else "") + ("w" if mode & stat.S_IWUSR else "")
    if target.startswith("pipe:["):
        return Descriptor(fd, target, Kind.PIPE, access, target)
    if target.startswith("socket:["):
        return Descriptor(fd, target, Kind.SOCKET, access, target)
    if target == "anon_inode:[eventpoll]":
        return Descriptor(fd, target, Kind.EPOLL, access, None, _epoll_targets(pid, fd))
    if target.startswith("/") and (channel := _fifo_channel(link)):
        return Descriptor(fd, target, Kind.FIFO, access, channel)
    return Descriptor(fd, target, Kind.OTHER, access, None)


def _fifo_channel(link: str) -> str | None:
    try:
        info = os.stat(link)
    except OSError as error:
        raise Vanished(link) from error
    return fifo_channel(info) if stat.S_ISFIFO(info.st_mode) else None


def fifo_channel(info: os.stat_result) -> str:
    """The name by which every descriptor of one FIFO is known here."""
    return f"fifo:[{info.st_dev}:{info.st_ino}]"


def _epoll_targets(pid: int, fd: int) -> tuple[tuple[int, int], ...]:
    """(descriptor, event mask) pairs that an epoll instance watches (proc_pid_fdinfo(5))."""
    found = []
    for line in read_bytes(f"/proc/{pid}/fdinfo/{fd}").splitlines():
        if line.startswith(b"tfd:"):
            fields = line.replace(b":", b" ").split()
            found.append((int(fields[1]), int(fields[3], 16)))
    return tuple(found)


def carried_descriptors(pid: int, fd: int) -> int | None:
    """How many descriptors are under way to a Unix socket, in messages not yet received.

    None where the kernel does not tell (before Linux 5.11). Raises `Vanished`.
    """
    for line in read_bytes(f"/proc/{pid}/fdinfo/{fd}").splitlines():
        if line.startswith(b"scm_fds:"):
            return int(line.split()[1])
    return None


def open_flags(pid: int, fd: int) -> int:
    """The open(2) flags of a descriptor, O_NONBLOCK and O_CLOEXEC among them."""
    for line in read_bytes(f"/proc/{pid}/fdinfo/{fd}").splitlines():
        if line.startswith(b"flags:"):
            return int(line.split()[1], 8)
    raise Vanished(f"descriptor {fd} of {pid}")
