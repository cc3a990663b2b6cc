"""FIFOs and socket files that processes make, wherever in the file system, and which of them stay.

Looked at while a process stands still in mknod or bind.
"""

import os
import socket
import stat
import struct
from dataclasses import dataclass, field

from autograder.observe.ledger import Leftover
from autograder.observe.procfs import read_link, read_memory, read_text

_AT_FDCWD = -100
_LONGEST_ADDRESS = 110  # sizeof(struct sockaddr_un), unix(7)
_MOST = 1000


@dataclass(slots=True)
class MadeFiles:
    """The account of one run: paths, with the inner pid of the process that made each."""

    _made: dict[str, int] = field(default_factory=dict)

    def note(self, pid: int, call: str, args: tuple[int, ...]) -> None:
        """`pid` is about to make a FIFO, or to bind a socket."""
        if len(self._made) >= _MOST:
            return
        if call == "bind":
            path = _bound_path(pid, args)
            folder = f"/proc/{pid}/cwd"
        else:
            path = read_text(pid, args[call == "mknodat"])
            folder = _folder(pid, args[0]) if call == "mknodat" else f"/proc/{pid}/cwd"
        if path:
            # One that was there before is not made now: the call will fail.
            whole = os.path.normpath(os.path.join(read_link(folder), path))
            if not os.path.lexists(whole):
                self._made[whole] = pid

    def left(self) -> list[Leftover]:
        """Those that are still there."""
        found = []
        for path, pid in self._made.items():
            try:
                mode = os.lstat(path).st_mode
            except OSError:
                continue
            if stat.S_ISFIFO(mode):
                found.append(Leftover("fifo", f"FIFO {path}", path, pid))
            elif stat.S_ISSOCK(mode):
                found.append(Leftover("socket", f"socket file {path}", path, pid))
        return found


def _folder(pid: int, argument: int) -> str:
    """Where a relative path of an *at call begins."""
    signed = struct.unpack("=i", struct.pack("=I", argument & 0xFFFFFFFF))[0]
    return f"/proc/{pid}/cwd" if signed == _AT_FDCWD else f"/proc/{pid}/fd/{signed}"


def _bound_path(pid: int, args: tuple[int, ...]) -> str:
    """The path of a Unix socket's address; '' for other families and abstract names."""
    size = args[2] & 0xFFFFFFFF
    if not 2 < size <= _LONGEST_ADDRESS:
        return ""
    data = read_memory(pid, args[1], size)
    if struct.unpack_from("=H", data)[0] != socket.AF_UNIX or data[2:3] == b"\0":
        return ""
    return data[2:].partition(b"\0")[0].decode(errors="surrogateescape")
