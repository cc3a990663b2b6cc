"""Seccomp user notification: a process stands still in chosen calls until its init has looked.

A filter (seccomp(2), bpf) sends the calls that make, replace and end processes, that arm timers,
map and synchronise files or write to standard error, to a listener descriptor; init looks, and
lets the call continue unchanged. All descendants inherit the filter, whatever language they are
written in, and cannot take it off.
Needs Linux 5.5 (SECCOMP_USER_NOTIF_FLAG_CONTINUE) and no privileges but no_new_privs.
"""

import contextlib
import ctypes
import fcntl
import mmap
import os
import platform
import signal
import stat
import struct
from dataclasses import dataclass

_MODE_FILTER = 1
_NEW_LISTENER, _WAIT_KILLABLE = 1 << 3, 1 << 5
_CONTINUE = 1

_NOTIFICATION = struct.Struct("=QIIiIQ6Q")
_RESPONSE = struct.Struct("=QqiI")
_RECEIVE = 3 << 30 | _NOTIFICATION.size << 16 | ord("!") << 8
_SEND = 3 << 30 | _RESPONSE.size << 16 | ord("!") << 8 | 1

# BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGT|K, BPF_JMP|JSET|K, BPF_RET|K
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_NUMBER_AT, _ARCH_AT, _ARGS_AT = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _NOTIFY = 0x7FFF0000, 0x7FC00000

# What every filter watches; what it watches where no namespace tells whose IPC objects are; and
# where others have the same files before them.
_ALWAYS = frozenset(
    {
        "exit_group", "clone", "fork", "vfork", "clone3", "execve", "execveat", "wait4", "waitid",
        "alarm", "setitimer", "mmap", "munmap", "msync", "fsync", "fdatasync", "sync", "syncfs",
        "write", "writev", "dup", "mknod", "mknodat", "bind", "link", "linkat", "mq_open", "kill",
        "tgkill",
    }
)  # fmt: skip
OBJECTS = frozenset({"shmget", "semget", "msgget"})
FILES = frozenset({"openat"})

# machine: (AUDIT_ARCH_*, number of seccomp(2), numbers of the calls)
_MACHINES: dict[str, tuple[int, int, dict[int, str]]] = {
    "x86_64": (
        0xC000003E,
        317,
        {
            1: "write", 9: "mmap", 11: "munmap", 20: "writev", 26: "msync", 29: "shmget",
            32: "dup", 37: "alarm", 38: "setitimer", 49: "bind", 56: "clone", 57: "fork",
            58: "vfork", 59: "execve", 61: "wait4", 62: "kill", 64: "semget", 68: "msgget",
            74: "fsync", 75: "fdatasync", 86: "link", 133: "mknod", 162: "sync", 231: "exit_group",
            234: "tgkill", 240: "mq_open", 247: "waitid", 257: "openat", 259: "mknodat",
            265: "linkat", 306: "syncfs", 322: "execveat", 435: "clone3",
        },
    ),
    "aarch64": (
        0xC00000B7,
        277,
        {
            23: "dup", 33: "mknodat", 37: "linkat", 56: "openat", 64: "write", 66: "writev",
            81: "sync", 82: "fsync", 83: "fdatasync", 94: "exit_group", 95: "waitid",
            103: "setitimer", 129: "kill", 131: "tgkill", 180: "mq_open", 186: "msgget",
            190: "semget", 194: "shmget", 200: "bind", 215: "munmap", 220: "clone", 221: "execve",
            222: "mmap", 227: "msync", 260: "wait4", 267: "syncfs", 281: "execveat", 435: "clone3",
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Test:
    """A condition on the lower half of one argument: a comparison, and the result it must have."""

    argument: int
    comparison: int
    value: int
    wanted: bool


_MAP_ANONYMOUS, _MAP_DENYWRITE = 0x20, 0x800  # the latter marks the loader's own mappings
# malloc maps blocks of 128 KiB and more; what is smaller, a program has mapped itself.
OWN_BLOCK = 1 << 16
_LARGE_BLOCK = 1 << 25
_MALLOC_BLOCK = 1 << 17
_FAULTS = (signal.SIGSEGV, signal.SIGBUS)  # sent on purpose they are no faults
_STDERR = (_Test(0, _EQUAL, 2, True),)
_WRITABLE = _Test(2, _ANY_BIT, mmap.PROT_WRITE, True)
# A watched call that stands here is left alone unless all tests of one of its rows hold.
_TESTS: dict[str, tuple[tuple[_Test, ...], ...]] = {
    "openat": ((_Test(2, _ANY_BIT, os.O_CREAT, True),),),
    "mknod": ((_Test(1, _ANY_BIT, stat.S_IFIFO, True),),),
    "mknodat": ((_Test(2, _ANY_BIT, stat.S_IFIFO, True),),),
    "mmap": (
        (_Test(1, _GREATER, _LARGE_BLOCK, True),),
        (_WRITABLE, _Test(3, _ANY_BIT, _MAP_ANONYMOUS | _MAP_DENYWRITE, False)),
        (
            _WRITABLE,
            _Test(3, _EQUAL, mmap.MAP_PRIVATE | _MAP_ANONYMOUS, True),
            _Test(1, _GREATER, OWN_BLOCK, False),
        ),
    ),
    # Whoever only asks, again and again, is not to be slowed down.
    "kill": tuple((_Test(1, _EQUAL, number, True),) for number in _FAULTS),
    "tgkill": tuple((_Test(2, _EQUAL, number, True),) for number in _FAULTS),
    "wait4": ((_Test(2, _ANY_BIT, os.WNOHANG, False),),),
    "waitid": ((_Test(3, _ANY_BIT, os.WNOHANG, False),),),
    "munmap": ((_Test(1, _GREATER, _MALLOC_BLOCK - 1, False),),),
    "dup": (_STDERR,),  # perror's way to a terminal
    "write": (_STDERR,),
    "writev": (_STDERR,),
}


@dataclass(frozen=True, slots=True)
class Notification:
    """One call that waits for an answer: cookie, thread (as the reader numbers it), call."""

    cookie: int
    tid: int
    call: str
    args: tuple[int, ...]


def install(also: frozenset[str] = frozenset()) -> int:
    """Put the filter on this process and all it will start; returns the listener descriptor.

    `also`: calls that are watched beyond the usual ones (of openat, those with O_CREAT).
    Raises OSError where the kernel or the machine has no such thing.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(f"no filter for {platform.machine()}")
    arch, number, calls = _MACHINES[platform.machine()]
    watched = _ALWAYS | also
    program = _program(arch, {key: call for key, call in calls.items() if call in watched})
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
    plain = [number for number, call in calls.items() if call not in _TESTS]
    rows = [(number, row) for number, call in calls.items() for row in _TESTS.get(call, ())]
    # Jumps count the lines between; the last two lines are: allow, notify.
    size = 3 + len(plain) + sum(2 + 2 * len(row) for _, row in rows) + 2
    allow, notify = size - 2, size - 1
    lines = [(_LOAD, 0, 0, _ARCH_AT), (_EQUAL, 0, allow - 2, arch), (_LOAD, 0, 0, _NUMBER_AT)]
    for number in plain:
        lines.append((_EQUAL, notify - len(lines) - 1, 0, number))
    for number, row in rows:
        following = len(lines) + 2 + 2 * len(row)
        lines.append((_LOAD, 0, 0, _NUMBER_AT))
        lines.append((_EQUAL, 0, following - len(lines) - 1, number))
        for position, test in enumerate(row):
            lines.append((_LOAD, 0, 0, _ARGS_AT + 8 * test.argument))
            here = len(lines) + 1
            holds = notify - here if position == len(row) - 1 else 0
            fails = following - here
            yes, no = (holds, fails) if test.wanted else (fails, holds)
            lines.append((test.comparison, yes, no, test.value))
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
    _, _, calls = _MACHINES[platform.machine()]
    return Notification(cookie, tid, calls.get(number, ""), tuple(args))


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
