"""Which children were ended by a signal, although only their parents were told.

Children are looked for after their parent has forked, and again when it is about to wait; a
handle is taken to each. The kernel keeps the exit status for whoever holds a handle
(pidfd_open(2), PIDFD_GET_INFO, Linux 6.15). Older kernels do not tell, and nothing is said then.
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
    """The account of one run; processes that end by themselves are dropped from it. Whoever was
    sent the signal of a fault `on_purpose` has not crashed."""

    executed: dict[int, str] = field(default_factory=dict)
    on_purpose: set[int] = field(default_factory=set)
    _handles: dict[int, int] = field(default_factory=dict)
    _programs: dict[int, str] = field(default_factory=dict)
    _parents: set[int] = field(default_factory=set)

    def note_fork(self, pid: int) -> None:
        """`pid` is about to fork: its child is looked for when anybody is looked at again."""
        self._programs[pid] = read_link(f"/proc/{pid}/exe")
        self._parents.add(pid)

    def note_newborn(self) -> None:
        """Take handles to the children of those who have forked."""
        parents, self._parents = self._parents, set()
        for pid in parents:
            with contextlib.suppress(Vanished):
                self.note_wait(pid)

    def note_wait(self, pid: int) -> None:
        """`pid` is about to wait for a child."""
        for child in children_of(pid):
            if child not in self._handles and len(self._handles) < _MOST:
                with contextlib.suppress(OSError):
                    self._handles[child] = os.pidfd_open(child)
                    self._programs.setdefault(child, self._programs.get(pid, ""))

    def note_signal(self, args: tuple[int, ...]) -> None:
        """Somebody is about to send SIGSEGV or SIGBUS (kill, tgkill)."""
        self.on_purpose.add(args[0] & 0xFFFFFFFF)

    def note_end(self, pid: int) -> None:
        """`pid` ends by itself."""
        if pid in self._handles:
            os.close(self._handles.pop(pid))

    def as_rows(self) -> list[list[Any]]:
        """[pid, signal, whether it had executed a program of its own, whether that is the system's]
        of those that a signal has ended."""
        found = []
        for pid, handle in self._handles.items():
            program = self.executed.get(pid) or self._programs.get(pid, "")
            status = _status(handle)
            if status is None or pid in self.on_purpose:
                continue
            if os.WIFSIGNALED(status):
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
