"""Error messages that processes wrote before they failed.

The errno of a failed call is gone when a program ends; but a program that gives up because of one
says so: perror, strerror and every interpreter write its text to standard error.
"""

import errno
import os
import re
import struct
from dataclasses import dataclass, field
from typing import Any

from autograder.observe.last_error import error_reported
from autograder.observe.procfs import read_link, read_memory

_LONGEST = 4096
_KEPT = 8192
_SHOWN = 200
_MOST = 50
_LAST_LINES = 4  # an error is told at the end; the last may be empty
# What is looked for, in the words of the C library (strerror(3)).
_ERRORS = (errno.EBADF, errno.EPIPE, errno.ENOMEM, errno.EFBIG)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r'^  File "(.*)", line (\d+)', re.MULTILINE)


@dataclass(slots=True)
class _Said:
    """What one process has written to descriptor 2, its last part, and the error it names last."""

    program: str = ""
    text: str = ""
    number: int = 0
    line: str = ""
    frame: tuple[str, int] = ("", 0)


@dataclass(slots=True)
class Complaints:
    """Per run. Rows of `failed`: [pid, errno, the line written, exit code, which is not 0, program,
    whether it is the system's own, source file, line]; the last two are '' and 0 if not told.
    The code of a process that has not ended by itself is -1.
    """

    failed: list[list[Any]] = field(default_factory=list)
    _said: dict[int, _Said] = field(default_factory=dict)

    def note(self, pid: int, call: str, args: tuple[int, ...]) -> None:
        """`pid` writes to descriptor 2, or makes a copy of it, as perror does on a terminal."""
        if len(self._said) >= _MOST and pid not in self._said:
            return
        if read_link(f"/proc/{pid}/fd/2") == os.devnull:
            return  # silenced on purpose
        said = self._said.setdefault(pid, _Said(read_link(f"/proc/{pid}/exe")))
        if call == "dup":
            number = error_reported(pid)
            if number in _ERRORS:
                said.number, said.line = number, os.strerror(number)
            return
        said.text = (said.text + _COLOURS.sub("", _written(pid, call, args)))[-_KEPT:]
        said.number = 0
        for line in said.text.split("\n")[-_LAST_LINES:]:
            if line.strip() == "MemoryError":
                said.number, said.line = errno.ENOMEM, line.strip()
            for number in _ERRORS:
                if line.rstrip(" .").endswith(
                    (f": {os.strerror(number)}", f"] {os.strerror(number)}")
                ):
                    said.number, said.line = number, line.strip()[-_SHOWN:]
        frames = _FRAME.findall(said.text)
        said.frame = (frames[-1][0], int(frames[-1][1])) if frames else ("", 0)

    def note_end(self, pid: int, code: int) -> None:
        """`pid` ends with exit status `code`: it failed with what it complained of last."""
        said = self._said.pop(pid, None)
        if said is not None and said.number and code != 0:
            self.failed.append(_row(pid, said, code))

    def as_rows(self) -> list[list[Any]]:
        """All of `failed`, and what processes said that have not ended by themselves."""
        pending = [_row(pid, said, -1) for pid, said in self._said.items() if said.number]
        return self.failed + pending


def _row(pid: int, said: _Said, code: int) -> list[Any]:
    program = said.program
    return [pid, said.number, said.line, code, program, is_system(program), *said.frame]


def is_system(program: str) -> bool:
    """Whether a program comes with the system, and so is nobody's exercise."""
    folders = ("/usr/", "/bin/", "/sbin/", "/lib")
    local = program.startswith(("/usr/local/", "/usr/src/"))
    return program.startswith(folders) and not local and "python" not in os.path.basename(program)


def _written(pid: int, call: str, args: tuple[int, ...]) -> str:
    """The bytes of a write, or of a writev's first eight parts, as text."""
    if call == "write":
        parts = [(args[1], args[2])]
    else:
        table = read_memory(pid, args[1], 16 * min(args[2], 8))
        parts = list(struct.iter_unpack("=QQ", table))
    data = b"".join(read_memory(pid, address, min(size, _LONGEST)) for address, size in parts)
    return data.decode(errors="replace")
