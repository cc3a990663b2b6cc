"""Who was refused memory because of a limit on its address space (RLIMIT_AS, getrlimit(2)).

Looked at while a process stands still in a large mmap, and when it ends with a code that is not 0.
"""

from dataclasses import dataclass, field

from autograder.observe.procfs import read_bytes

_FULL = 0.9
_MOST = 20
_ANONYMOUS = 0x20


@dataclass(slots=True)
class MemoryLimit:
    """Rows: [pid, the limit, the most it had or asked for; all in bytes]."""

    rows: list[list[int]] = field(default_factory=list)

    def note_map(self, pid: int, args: tuple[int, ...]) -> None:
        """`pid` is about to ask for memory; raises `Vanished`."""
        limit = _limit(pid)
        if limit is None or not args[3] & _ANONYMOUS:
            return
        wanted = _status(pid, b"VmSize:") + args[1]
        if wanted > limit and len(self.rows) < _MOST:
            self.rows.append([pid, limit, wanted])

    def note_end(self, pid: int, code: int) -> None:
        """`pid` is about to end with `code`; raises `Vanished`."""
        limit = _limit(pid)
        if limit is None or code == 0 or any(row[0] == pid for row in self.rows):
            return
        most = _status(pid, b"VmPeak:")
        if most >= _FULL * limit and len(self.rows) < _MOST:
            self.rows.append([pid, limit, most])


def _limit(pid: int) -> int | None:
    """The soft limit in bytes; None without one."""
    for line in read_bytes(f"/proc/{pid}/limits").splitlines():
        if line.startswith(b"Max address space"):
            soft = line.split()[3]
            return None if soft == b"unlimited" else int(soft)
    return None


def _status(pid: int, key: bytes) -> int:
    for line in read_bytes(f"/proc/{pid}/status").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0
