"""Which bytes Python's own file objects hold back when a process forks or ends.

A file object keeps what was written to it until it is flushed. os._exit throws that away; a
forked child has a copy of it, and writes it a second time if it flushes. How much an object holds
is not to be asked for, so its place in the object is found once, by experiment; where that fails,
nothing is said. The findings go to the first process of the world in the path of a link(2) that
it watches for; where nobody watches, the call fails and that is all.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import struct
import sys

TYPE_CHECKING = False  # as in typing, whose import would slow down the start of every program
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, NoReturn

MAGIC = "autograder-witness:"
_WRITERS = (io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper)
_WORD = struct.calcsize("=q")
_PROBES = (3, 10, 17)
_MOST_ROWS = 8
_real_exit = os._exit


class FileBuffers:
    """The file objects of this process. Install before the program's own code runs."""

    def __init__(self) -> None:
        self._places: dict[type, int] | None = None
        # By identity: the object, how much it held at the fork, and its descriptor then.
        self._inherited: dict[int, tuple[Any, int, int]] = {}
        self._pending_at_fork: dict[int, tuple[Any, int, int]] = {}
        self._owner = os.getpid()
        os.register_at_fork(before=self._before_fork, after_in_child=self._in_child)
        os._exit = self._exit
        atexit.register(self._at_exit)  # the first registered is the last called

    def end(self, code: int) -> NoReturn:
        """End as an interpreter does: every file object still open is flushed."""
        self._at_exit()
        for writer in self._writers():
            # As at the end of an interpreter: too late for anybody to handle an error.
            with contextlib.suppress(Exception):
                writer.flush()
        _real_exit(code)

    def _at_exit(self) -> None:
        """What a child still holds of its parent's bytes will be written by the flush to come."""
        self._tell([], [[fd, size] for _, size, fd in self._inherited.values()])
        self._inherited = {}

    def _exit(self, status: int) -> NoReturn:
        try:
            caller = sys._getframe(1)
            self._tell(*self._account(caller))
        except Exception:  # the program must end, whatever became of the evidence
            pass
        _real_exit(status)

    def _account(self, caller: FrameType) -> tuple[list[list[Any]], list[list[Any]]]:
        lost: dict[int, list[Any]] = {}
        for writer in self._writers():
            _, before, _ = self._inherited.get(id(writer), (None, 0, -1))
            fd, size = _descriptor(writer), self._held(writer) - before
            if size > 0:
                # A text file and the binary one below it hold back parts of the same output.
                size += lost[fd][1] if fd in lost else 0
                place = [caller.f_code.co_filename, caller.f_lineno, _name_of(writer, caller)]
                lost[fd] = [fd, size, *place]
        inherited = self._inherited.values()
        doubled = [[fd, size] for writer, size, fd in inherited if self._held(writer) < size]
        return list(lost.values()), doubled

    def _before_fork(self) -> None:
        held = ((each, self._held(each), _descriptor(each)) for each in self._writers())
        self._pending_at_fork = {id(each): (each, size, fd) for each, size, fd in held if size}

    def _in_child(self) -> None:
        # What the parent had itself inherited and still holds is its own by now.
        self._inherited = self._pending_at_fork

    def _writers(self) -> list[Any]:
        found = [each for each in gc.get_objects() if type(each) in _WRITERS]
        found += [each for each in (sys.stdout, sys.stderr) if type(each) in _WRITERS]
        found += [each.buffer for each in found if type(each) is io.TextIOWrapper and _open(each)]
        found = [each for each in found if type(each) in _WRITERS and _open(each)]
        return list({id(each): each for each in found}.values())

    def _held(self, writer: Any) -> int:
        """Bytes in the object's own buffer; what a text file holds back is counted in its own."""
        if self._places is None:
            self._places = find_places()
        place = self._places.get(type(writer))
        if place is None or not _open(writer):
            return 0
        return max(0, _word(writer, place))

    @staticmethod
    def _tell(lost: list[list[Any]], doubled: list[list[Any]]) -> None:
        lost = [row for row in lost if row[0] >= 0][:_MOST_ROWS]
        doubled = [row for row in doubled if row[0] >= 0][:_MOST_ROWS]
        if lost or doubled:
            say({"lost": lost, "doubled": doubled})


def say(what: dict[str, Any]) -> None:
    """Tell the first process of the world, if it listens."""
    text = "{}"
    if what:
        import json

        text = json.dumps(what)
    with contextlib.suppress(OSError):
        os.link(MAGIC + text, "")


def find_places() -> dict[type, int]:
    """Where each kind of file object keeps the number of bytes that it holds back."""
    found: dict[type, int] = {}
    for kind in _WRITERS:
        with contextlib.suppress(OSError):
            place = _experiment(kind)
            if place is not None:
                found[kind] = place
    return found


def _experiment(kind: type) -> int | None:
    """The one word that counts what is written and is back at nothing after a flush or a read."""
    mode = "r+b" if kind is io.BufferedRandom else "wb"
    with os.fdopen(os.memfd_create("probe"), mode) as binary:
        text = kind is io.TextIOWrapper
        writer: Any = io.TextIOWrapper(binary, encoding="ascii") if text else binary
        unit: Any = "x" if text else b"x"
        fitting = set(range(2 * _WORD, kind.__basicsize__ - _WORD + 1, _WORD))
        written = 0
        for size in _PROBES:
            writer.write(unit * (size - written))
            written = size
            fitting = {place for place in fitting if _word(writer, place) == size}
        writer.flush()
        fitting = {place for place in fitting if _word(writer, place) <= 0}
        if kind is io.BufferedRandom:
            writer.seek(0)
            writer.read(_PROBES[0])
            fitting = {place for place in fitting if _word(writer, place) <= 0}
    return min(fitting) if fitting else None


def _word(writer: Any, place: int) -> int:
    """One machine word of an object, read from this process's own memory (proc_pid_mem(5))."""
    fd = os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC)
    try:
        (value,) = struct.unpack("=q", os.pread(fd, _WORD, id(writer) + place))
    finally:
        os.close(fd)
    return int(value)


def _descriptor(writer: Any) -> int:
    """Its number; -1 for an object in memory."""
    try:
        return int(writer.fileno())
    except (OSError, ValueError):
        return -1


def _open(writer: Any) -> bool:
    """Whether it can still be written; one that was detached from its descriptor cannot."""
    try:
        return not writer.closed
    except ValueError:
        return False


def _name_of(writer: Any, frame: FrameType) -> str:
    """The variable of `frame` that holds the file object."""
    for name, value in list(frame.f_locals.items()):
        if value is writer or (type(value) is io.TextIOWrapper and value.buffer is writer):
            return str(name)
    return ""
