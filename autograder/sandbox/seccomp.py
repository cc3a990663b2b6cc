"""Seccomp user notification: a process stands still in chosen calls until its init has looked.

A filter (seccomp(2), bpf) sends the calls that make, replace and end processes, and those that
arm timers, to a listener descriptor; init looks, and lets the call continue unchanged. All
descendants inherit the filter, whatever language they are written in, and cannot take it off.
Needs Linux 5.5 (SECCOMP_USER_NOTIF_FLAG_CONTINUE) and no privileges but no_new_privs.
"""

import contextlib
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

# BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JSET|K, BPF_RET|K
_LOAD, _JUMP_EQUAL, _JUMP_SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER_AT, _ARCH_AT, _OPEN_FLAGS_AT = 0, 4, 32  # offsets in struct seccomp_data
_ALLOW, _NOTIFY = 0x7FFF0000, 0x7FC00000

# machine: (AUDIT_ARCH_*, number of seccomp(2), calls watched always, calls that make IPC objects)
_MACHINES: dict[str, tuple[int, int, dict[int, str], dict[int, str]]] = {
    "x86_64": (
        0xC000003E,
        317,
        {
            231: "exit_group", 56: "clone", 57: "fork", 58: "vfork", 435: "clone3",
            59: "execve", 322: "execveat", 37: "alarm", 38: "setitimer",
        },
        {
            29: "shmget", 64: "semget", 68: "msgget", 86: "link", 240: "mq_open", 257: "openat",
            265: "linkat",
        },
    ),
    "aarch64": (
        0xC00000B7,
        277,
        {
            94: "exit_group", 220: "clone", 435: "clone3", 221: "execve", 281: "execveat",
            103: "setitimer",
        },
        {
            37: "linkat", 56: "openat", 180: "mq_open", 186: "msgget", 190: "semget",
            194: "shmget",
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


def install(objects: bool) -> int:
    """Put the filter on this process and all it will start; returns the listener descriptor.

    With `objects` the calls that make IPC objects are watched too (of openat, those with O_CREAT).
    Raises OSError where the kernel or the machine has no such thing.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(f"no filter for {platform.machine()}")
    arch, number, always, making = _MACHINES[platform.machine()]
    program = _program(arch, {**always, **(making if objects else {})})
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (_NEW_LISTENER | _WAIT_KILLABLE, _NEW_LISTENER):
        listener = int(libc.syscall(number, _MODE_FILTER, flags, header))
        if listener >= 0:
            return listener
    code = ctypes.get_errno()
    raise OSError(code, f"seccomp: {os.strerror(code)}")


def _program(arch: int, calls: dict[int, str]) -> bytes:
    """Notify for `calls` of the native architecture, allow everything else."""
    plain = [number for number, call in calls.items() if call != "openat"]
    opening = [number for number, call in calls.items() if call == "openat"]
    # Jumps count the lines between; the last three lines are: test O_CREAT, allow, notify.
    size = 3 + len(plain) + 3 * len(opening) + 2
    allow, notify = size - 2, size - 1
    lines = [(_LOAD, 0, 0, _ARCH_AT), (_JUMP_EQUAL, 0, allow - 2, arch), (_LOAD, 0, 0, _NUMBER_AT)]
    for number in plain:
        lines.append((_JUMP_EQUAL, notify - len(lines) - 1, 0, number))
    for number in opening:
        lines.append((_JUMP_EQUAL, 0, allow - len(lines) - 1, number))
        lines.append((_LOAD, 0, 0, _OPEN_FLAGS_AT))
        lines.append((_JUMP_SET, notify - len(lines) - 1, allow - len(lines) - 1, os.O_CREAT))
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
    _, _, always, making = _MACHINES[platform.machine()]
    call = always.get(number) or making.get(number, "")
    return Notification(cookie, tid, call, tuple(args))


def let_continue(listener: int, notification: Notification) -> None:
    """Let the call happen as if nobody had watched; a thread that was killed is no error."""
    reply = bytearray(_RESPONSE.pack(notification.cookie, 0, 0, _CONTINUE))
    with contextlib.suppress(OSError):
        fcntl.ioctl(listener, _SEND, reply)


def answer(listener: int, notification: Notification, result: int, errno: int = 0) -> None:
    """Let the call return `result`, or fail with `errno`, without having happened."""
    reply = bytearray(_RESPONSE.pack(notification.cookie, result, -errno, 0))
    with contextlib.suppress(OSError):
        fcntl.ioctl(listener, _SEND, reply)
