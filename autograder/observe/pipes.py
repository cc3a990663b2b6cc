"""How full a pipe or FIFO is, and how much it holds (pipe(7), FIONREAD, F_GETPIPE_SZ).

Both are asked through a descriptor, so one of the observed process's own is borrowed for a moment
(pidfd_getfd(2)): the same open file, not a new end. While it is borrowed, a close by its owner
would not be felt by the other side; so this is for processes that stand still.
"""

import array
import ctypes
import fcntl
import os
import termios
from dataclasses import dataclass

_PIDFD_GETFD = 438  # on every architecture
_F_GETPIPE_SZ = 1032
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
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return None
    try:
        borrowed = int(_libc.syscall(_PIDFD_GETFD, handle, fd, 0))
    finally:
        os.close(handle)
    if borrowed < 0:
        return None
    try:
        waiting = array.array("i", [0])
        fcntl.ioctl(borrowed, termios.FIONREAD, waiting)
        return Fill(waiting[0], fcntl.fcntl(borrowed, _F_GETPIPE_SZ))
    except OSError:
        return None
    finally:
        os.close(borrowed)
