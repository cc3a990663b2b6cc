"""Which children were ended by a signal, although only their parents were told.

A parent that is about to wait is looked at: a handle is taken to each of its children. The kernel
keeps the exit status for whoever holds a handle (pidfd_open(2), PIDFD_GET_INFO, Linux 6.15).
Older kernels do not tell, and nothing is said then.
"""

import contextlib
import fcntl
import os
import struct
from dataclasses import dataclass, field
from typing import Any

from autograder.observe.procfs import Vanished, children_of, read_link
from autograder.sandbox.complaints import is_system

# struct pidfd_info, version 0: mask, cgroup, pid, tgid, ppid, eight ids, exit code
_INFO = struct.Struct("=QQ3I8Ii")
_SIZE = 64
_GET_INFO = 3 << 30 | _SIZE << 16 | 0xFF << 8 | 11
_WANT_EXIT = 1 << 3
_MOST = 200


@dataclass(slots=True)
class Crashes:
    """The account of one run; processes that end by themselves are dropped from it."""

    executed: set[int] = field(default_factory=set)
    _handles: dict[int, tuple[int, str]] = field(default_factory=dict)

    def note_wait(self, pid: int) -> None:
        """`pid` is about to wait for a child."""
        for child in children_of(pid):
            if child not in self._handles and len(self._handles) < _MOST:
                with contextlib.suppress(Vanished, OSError):
                    program = read_link(f"/proc/{child}/exe")
                    self._handles[child] = (os.pidfd_open(child), program)

    def note_end(self, pid: int) -> None:
        """`pid` ends by itself."""
        handle, _ = self._handles.pop(pid, (-1, ""))
        if handle >= 0:
            os.close(handle)

    def as_rows(self) -> list[list[Any]]:
        """[pid, signal, whether it had executed a program of its own, whether that is the system's]
        of those that a signal has ended."""
        found = []
        for pid, (handle, program) in self._handles.items():
            status = _status(handle)
            if status is not None and os.WIFSIGNALED(status):
                row = [pid, os.WTERMSIG(status), pid in self.executed, is_system(program)]
                found.append(row)
        return found


def _status(handle: int) -> int | None:
    """The wait status behind a handle; None while it runs, or where the kernel does not tell."""
    buffer = bytearray(_INFO.pack(_WANT_EXIT, *[0] * 13).ljust(_SIZE, b"\0"))
    try:
        fcntl.ioctl(handle, _GET_INFO, buffer)
    except OSError:
        return None
    mask, *_, status = _INFO.unpack_from(buffer)
    return int(status) if mask & _WANT_EXIT else None
