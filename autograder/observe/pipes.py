"""How full a pipe or FIFO is, and how much it holds (pipe(7), FIONREAD, F_GETPIPE_SZ).

Both are asked through a descriptor, so one of the observed process's own is borrowed for a moment
(pidfd_getfd(2)): the same open file, not a new end. While it is borrowed, a close by its owner
would not be felt by the other side; so this is for processes that stand still.
"""

import array
import contextlib
import ctypes
import fcntl
import os
import termios
from collections.abc import Iterator
from dataclasses import dataclass

SLOT = os.sysconf("SC_PAGE_SIZE")  # each slot of a pipe holds up to one page
_PIDFD_GETFD = 438  # on every architecture
_F_SETPIPE_SZ, _F_GETPIPE_SZ = 1031, 1032
_SPLICE_F_NONBLOCK = 2
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Fill:
    """Bytes that wait to be read, and the capacity in bytes.

    The capacity is held in pages: small writes fill it before the bytes add up to it.
    """

    waiting: int
    capacity: int


def fill_of(pid: int, fd: int) -> Fill | None:
    """The fill of the pipe or FIFO behind descriptor `fd` of `pid`; None where it is refused."""
    with _borrowed(pid, fd) as borrowed:
        return None if borrowed is None else _fill(borrowed)


def slots_of(pid: int, fd: int) -> tuple[int, ...] | None:
    """How many bytes are in each slot of a pipe that is used, the oldest first.

    `fd` is a read end of `pid`; None where it is refused. The kernel does not tell this. But
    tee(2) copies slot by slot: into a pipe of our own with room for n slots go the first n. The
    observed pipe keeps every byte.
    """
    with _borrowed(pid, fd) as borrowed:
        fill = None if borrowed is None else _fill(borrowed)
        if borrowed is None or fill is None:
            return None
        try:
            return tuple(_slots(borrowed, fill))
        except OSError:
            return None


def _slots(end: int, fill: Fill) -> Iterator[int]:
    """The bytes in each slot; raises OSError."""
    # With O_DIRECT each write has a slot of its own, so that one byte takes one away.
    read_end, write_end = os.pipe2(os.O_DIRECT | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        count = max(1, fill.capacity // SLOT)
        fcntl.fcntl(write_end, _F_SETPIPE_SZ, fill.capacity)
        before = 0
        for room in range(1, count + 1):
            if before >= fill.waiting:
                return
            for _ in range(count - room):
                os.write(write_end, b"x")
            copied = int(_libc.tee(end, write_end, fill.capacity, _SPLICE_F_NONBLOCK))
            if copied <= before:
                raise OSError(ctypes.get_errno(), "tee")
            yield copied - before
            before = copied
            with contextlib.suppress(BlockingIOError):
                while True:
                    os.read(read_end, fill.capacity)
    finally:
        os.close(read_end)
        os.close(write_end)


def _fill(end: int) -> Fill | None:
    try:
        waiting = array.array("i", [0])
        fcntl.ioctl(end, termios.FIONREAD, waiting)
        return Fill(waiting[0], fcntl.fcntl(end, _F_GETPIPE_SZ))
    except OSError:
        return None


@contextlib.contextmanager
def _borrowed(pid: int, fd: int) -> Iterator[int | None]:
    """Descriptor `fd` of `pid` as one of our own, for a moment; None where it is refused."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        yield None
        return
    try:
        borrowed = int(_libc.syscall(_PIDFD_GETFD, handle, fd, 0))
    finally:
        os.close(handle)
    if borrowed < 0:
        yield None
        return
    try:
        yield borrowed
    finally:
        os.close(borrowed)
