"""Reading /proc: the one place that turns its texts into values and its OSErrors into `Vanished`.

Follows proc(5). A process may end between any two reads, and its files may be refused (other
owner, not dumpable): both are `Vanished` here, because for an observer both mean "not to be seen".
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

_CHUNK = 1 << 16
_PAGE = 4096
_MAX_TEXT = 4096


class Vanished(Exception):
    """The process or thread ended, or /proc refuses to show it."""


def read_bytes(path: str) -> bytes:
    """Whole content of a /proc file; raises `Vanished`."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise Vanished(path) from error
    try:
        parts = []
        while part := os.read(fd, _CHUNK):
            parts.append(part)
        return b"".join(parts)
    except OSError as error:
        raise Vanished(path) from error
    finally:
        os.close(fd)


def read_link(path: str) -> str:
    """Where a link of /proc points; raises `Vanished`."""
    try:
        return os.readlink(path)
    except OSError as error:
        raise Vanished(path) from error


def list_numbers(path: str) -> list[int]:
    """Names below `path` that are numbers (pids, tids, descriptors), ascending."""
    try:
        return sorted(int(name) for name in os.listdir(path) if name.isdigit())
    except OSError as error:
        raise Vanished(path) from error


@dataclass(frozen=True, slots=True)
class Stat:
    """The fields of /proc/PID/stat that the package uses: minor faults, times in clock ticks;
    `started` counts from the start of the machine.
    """

    pid: int
    command: str
    state: str
    parent: int
    faults: int
    utime: int
    stime: int
    started: int


def read_stat(pid: int, tid: int | None = None) -> Stat:
    """Parse /proc/PID/stat (or a thread's), from the *last* ')': the name may contain any byte."""
    where = f"/proc/{pid}/stat" if tid is None else f"/proc/{pid}/task/{tid}/stat"
    text = read_bytes(where)
    head, _, tail = text.rpartition(b")")
    fields = tail.split()
    if len(fields) < 20:
        raise Vanished(where)
    return Stat(
        pid=int(head.split(b" ", 1)[0]),
        command=head.split(b"(", 1)[1].decode(errors="replace"),
        state=fields[0].decode(),
        parent=int(fields[1]),
        faults=int(fields[7]),
        utime=int(fields[11]),
        stime=int(fields[12]),
        started=int(fields[19]),
    )


@dataclass(frozen=True, slots=True)
class Status:
    """The fields of /proc/PID/status that the package uses; signal sets are bit masks."""

    inner_pid: int
    switches: int
    ignored: int
    caught: int


def read_status(pid: int, tid: int | None = None) -> Status:
    """Parse /proc/PID/status; `inner_pid` is the id in the innermost PID namespace (NSpid)."""
    where = f"/proc/{pid}/status" if tid is None else f"/proc/{pid}/task/{tid}/status"
    inner, switches, ignored, caught = tid or pid, 0, 0, 0
    for line in read_bytes(where).splitlines():
        key, _, value = line.partition(b":")
        if key == b"NSpid":
            inner = int(value.split()[-1])
        elif key.endswith(b"voluntary_ctxt_switches"):
            switches += int(value)
        elif key == b"SigIgn":
            ignored = int(value, 16)
        elif key == b"SigCgt":
            caught = int(value, 16)
    return Status(inner, switches, ignored, caught)


def read_syscall(pid: int, tid: int) -> tuple[int, tuple[int, ...]] | None:
    """(number, six arguments) of the system call the thread is blocked in.

    None when it runs in user space. Needs ptrace access; raises `Vanished` without it.
    """
    fields = read_bytes(f"/proc/{pid}/task/{tid}/syscall").split()
    if not fields or fields[0] == b"running" or fields[0] == b"-1" or len(fields) < 7:
        return None
    return int(fields[0]), tuple(int(field, 16) for field in fields[1:7])


def read_memory(pid: int, address: int, size: int) -> bytes:
    """`size` bytes of another process's memory; raises `Vanished` where they cannot be read."""
    try:
        fd = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(fd, size, address)
        finally:
            os.close(fd)
    except (OSError, OverflowError) as error:
        raise Vanished(f"memory of {pid}") from error


def read_text(pid: int, address: int) -> str:
    """A C string of another process (at most 4,096 bytes), read page by page."""
    found = b""
    while len(found) < _MAX_TEXT and b"\0" not in found:
        size = _PAGE - (address + len(found)) % _PAGE
        found += read_memory(pid, address + len(found), size)
    return found.partition(b"\0")[0].decode(errors="replace")


def children_of(pid: int) -> list[int]:
    """Direct children, zombies included, ascending (/proc/PID/task/TID/children)."""
    found: list[int] = []
    for tid in list_numbers(f"/proc/{pid}/task"):
        try:
            found += map(int, read_bytes(f"/proc/{pid}/task/{tid}/children").split())
        except Vanished:
            continue
    return sorted(found)


def descendants_of(pid: int) -> Iterator[int]:
    """Every living or zombie descendant, parents before children."""
    queue = [pid]
    while queue:
        try:
            children = children_of(queue.pop(0))
        except Vanished:
            continue
        yield from children
        queue += children


def io_counters(pid: int) -> tuple[int, int, int]:
    """(read calls, bytes they returned, write calls) from /proc/PID/io."""
    values = dict(line.split(b": ") for line in read_bytes(f"/proc/{pid}/io").splitlines())
    calls, size, writes = (int(values.get(key, 0)) for key in (b"syscr", b"rchar", b"syscw"))
    return calls, size, writes


def run_times(pid: int) -> tuple[float, float]:
    """Seconds that the threads of a process ran, and that they waited for a processor.

    Zeros on kernels without CONFIG_SCHED_INFO.
    """
    ran = waited = 0
    for tid in list_numbers(f"/proc/{pid}/task"):
        fields = read_bytes(f"/proc/{pid}/task/{tid}/schedstat").split()
        ran, waited = ran + int(fields[0]), waited + int(fields[1])
    return ran * 1e-9, waited * 1e-9


def command_line(pid: int) -> list[str]:
    """The argument vector; empty for a zombie."""
    text = read_bytes(f"/proc/{pid}/cmdline")
    return [part.decode(errors="replace") for part in text.split(b"\0")[:-1]]
