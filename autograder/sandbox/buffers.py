"""What became of output that programs had printed but not written when they forked or ended.

Looked at from outside while a process stands still in fork or exit_group: the bytes in its C
library's buffers. A forked child has a copy of what its parent had pending. If it ends without
writing more than that, all is well; what it had added is lost at its end; and if it writes the
copy out while the parent does so too, the bytes appear twice.
"""

from dataclasses import dataclass, field
from typing import Any

from autograder.observe.procfs import Vanished, read_bytes, read_link, read_stat
from autograder.observe.stdio import Pending, Streams, pending_output
from autograder.sandbox.complaints import is_system

_MOST = 50
_MOST_FORKS = 2000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Fork:
    """What a process had pending when it forked; the child's pid is above `after`."""

    parent: int
    after: int
    streams: Streams


@dataclass(frozen=True, slots=True)
class _Copy:
    """Inherited bytes that a child has written out; they are doubled if the parent does so too."""

    child: int
    parent: int
    pending: Pending


@dataclass(slots=True)
class Buffers:
    """The account of one run.

    Rows of `lost`: [pid, fd, number of bytes, their beginning, what threw them away ('_exit' or
    'exec'), source file, line, variable]; of `doubled`: [child, parent, fd, bytes, beginning].
    What is not known is '' or 0.
    """

    lost: list[list[Any]] = field(default_factory=list)
    doubled: list[list[Any]] = field(default_factory=list)
    _forks: list[_Fork] = field(default_factory=list)
    _copies: list[_Copy] = field(default_factory=list)

    def note_fork(self, pid: int) -> None:
        """`pid` is about to fork."""
        if len(self._forks) < _MOST_FORKS:
            # The last number given out: the child's will be above it.
            self._forks.append(_Fork(pid, _last_pid(), pending_output(pid)))

    def note_leaving(self, pid: int, ends: bool) -> None:
        """`pid` is about to end (without writing anything more) or to execute a program."""
        if is_system(read_link(f"/proc/{pid}/exe")):
            return
        streams = pending_output(pid)
        self._settle(pid, streams)
        parent = read_stat(pid).parent
        earlier = [fork for fork in self._forks if fork.after < pid]
        origin = next((fork for fork in reversed(earlier) if fork.parent == parent), None)
        if earlier and origin is None:
            return  # its parent has ended: which of the forks made it is not certain
        inherited: dict[int, Pending] = {}
        if origin is not None and origin.streams.image == streams.image:
            inherited = origin.streams.pending
        for stream in streams.pending.keys() | inherited.keys():
            rows = self._compare(pid, parent, inherited.get(stream), streams.pending.get(stream))
            how = "_exit" if ends else "exec"
            self.lost += [[*row, how, "", 0, ""] for row in rows][: _MOST - len(self.lost)]

    def note_told(self, pid: int, told: dict[str, Any]) -> None:
        """What the witness in a Python process says of its file objects (inside.file_buffers)."""
        for fd, size, file, line, name in told["lost"]:
            if len(self.lost) < _MOST:
                row = [pid, int(fd), int(size), "", "_exit", str(file), int(line), str(name)]
                self.lost.append(row)
        for fd, size in told["doubled"]:
            if len(self.doubled) < _MOST:
                self.doubled.append([pid, read_stat(pid).parent, int(fd), int(size), ""])

    def _compare(
        self, pid: int, parent: int, inherited: Pending | None, now: Pending | None
    ) -> list[list[Any]]:
        """Rows [pid, fd, number of bytes, beginning] of what one stream loses of its own."""
        own = now.data if now else b""
        if inherited and own.startswith(inherited.data):
            own = own[len(inherited.data) :]
        elif inherited and _bytes_written(pid) >= len(inherited.data):
            self._copies.append(_Copy(pid, parent, inherited))
        if not own or now is None or now.fd < 0:  # a stream in memory loses nothing
            return []
        return [[pid, now.fd, len(own), _text(own)]]

    def _settle(self, parent: int, streams: Streams) -> None:
        """Whether the parent has written what its children have written as well."""
        for copy in [each for each in self._copies if each.parent == parent]:
            self._copies.remove(copy)
            now = streams.pending.get(copy.pending.stream)
            kept = now is not None and now.data.startswith(copy.pending.data)
            if not kept and len(self.doubled) < _MOST:
                data = copy.pending.data
                row = [copy.child, parent, copy.pending.fd, len(data), _text(data)]
                self.doubled.append(row)


def _last_pid() -> int:
    """The process number given out last (proc(5), /proc/loadavg)."""
    return int(read_bytes("/proc/loadavg").split()[-1])


def _bytes_written(pid: int) -> int:
    for line in read_bytes(f"/proc/{pid}/io").splitlines():
        if line.startswith(b"wchar:"):
            return int(line.split()[1])
    raise Vanished(f"io of {pid}")


def _text(data: bytes) -> str:
    return data[:_SHOWN].decode(errors="backslashreplace")
