"""Seccomp user notification: a process stands still in chosen calls until its init has looked.

A filter (seccomp(2), bpf) sends the calls that make, replace and end processes, and those that
arm timers, to a listener descriptor; init looks, and lets the call continue unchanged. All
descendants inherit the filter, whatever language they are written in, and cannot take it off.
Needs Linux 5.5 (SECCOMP_USER_NOTIF_FLAG_CONTINUE) and no privileges but no_new_privs.
"""

import ctypes
import fcntl
import os
import platform
import struct
from dataclasses import dataclass

_MODE_FILTER = 1
_NEW_LISTENER, _WAIT_KILLABLE = 1 << 3, 1 << 5
_CONTINUE = 1

_NOTIFICATION = struct.Struct("=QIIiIQ6Q")
_RESPONSE = struct.Struct("=QqiI")
_RECEIVE = 3 << 30 | _NOTIFICATION.size << 16 | ord("!") << 8
_SEND = 3 << 30 | _RESPONSE.size << 16 | ord("!") << 8 | 1

_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_ALLOW, _NOTIFY = 0x7FFF0000, 0x7FC00000

# machine: (AUDIT_ARCH_*, number of seccomp(2), watched calls)
_MACHINES: dict[str, tuple[int, int, dict[int, str]]] = {
    "x86_64": (
        0xC000003E,
        317,
        {
            231: "exit_group", 56: "clone", 57: "fork", 58: "vfork", 435: "clone3",
            59: "execve", 322: "execveat", 37: "alarm", 38: "setitimer",
        },
    ),
    "aarch64": (
        0xC00000B7,
        277,
        {
            94: "exit_group", 220: "clone", 435: "clone3", 221: "execve", 281: "execveat",
            103: "setitimer",
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notification:
    """One call that waits for an answer: cookie, thread (as the reader numbers it), call."""

    cookie: int
    tid: int
    call: str
    args: tuple[int, ...]


def install() -> int:
    """Put the filter on this process and all it will start; returns the listener descriptor.

    Raises OSError where the kernel or the machine has no such thing.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(f"no filter for {platform.machine()}")
    arch, number, calls = _MACHINES[platform.machine()]
    program = _program(arch, list(calls))
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_NEW_LISTENER | _WAIT_KILLABLE, _NEW_LISTENER):
        listener = int(libc.syscall(number, _MODE_FILTER, flags, header))
        if listener >= 0:
            return listener
    code = ctypes.get_errno()
    raise OSError(code, f"seccomp: {os.strerror(code)}")


def _program(arch: int, numbers: list[int]) -> bytes:
    """Notify for `numbers` of the native architecture, allow everything else."""
    count = len(numbers)
    lines = [(_LOAD, 0, 0, 4), (_JUMP_EQUAL, 0, count + 1, arch), (_LOAD, 0, 0, 0)]
    lines += [(_JUMP_EQUAL, count - index, 0, nr) for index, nr in enumerate(numbers)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _NOTIFY)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def receive(listener: int) -> Notification | None:
    """The next call that waits; None when its thread has been killed meanwhile."""
    buffer = bytearray(_NOTIFICATION.size)
    try:
        fcntl.ioctl(listener, _RECEIVE, buffer)
    except OSError:
        return None
    cookie, tid, _, number, _, _, *args = _NOTIFICATION.unpack(buffer)
    calls = _MACHINES[platform.machine()][2]
    return Notification(cookie, tid, calls.get(number, ""), tuple(args))


def let_continue(listener: int, notification: Notification) -> None:
    """Let the call happen as if nobody had watched; a thread that was killed is no error."""
    answer = bytearray(_RESPONSE.pack(notification.cookie, 0, 0, _CONTINUE))
    try:
        fcntl.ioctl(listener, _SEND, answer)
    except OSError:
        return
