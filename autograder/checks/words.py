"""How explanations name things: processes, descriptors, lines, values."""

import linecache
import os
import sys
import sysconfig
from collections.abc import Callable

from autograder.observe import Process
from autograder.sandbox import Frame, Picture

_MAX_VALUE = 300
_MAX_SOURCE = 80
_LIBRARY = tuple(
    os.path.join(path, "")
    for path in {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), *sys.path}
    if path and ("site-packages" in path or "lib/python" in path or "lib64/python" in path)
)
_labellers: list[Callable[[str], str | None]] = []


def label_files(labeller: Callable[[str], str | None]) -> None:
    """Let `labeller` name sources that are not files, such as cells; None: not one of its."""
    _labellers.append(labeller)


def place(file: str, line: int) -> str:
    """'line 5 of cell [3]', 'line 12 of sieve.py'."""
    names = (labeller(file) for labeller in _labellers)
    name = next((name for name in names if name), None) or os.path.basename(file)
    return f"line {line} of {name}"


def source(file: str, line: int) -> str:
    """The text of a source line, without indentation; empty where it is not known."""
    return linecache.getline(file, line).strip()


def quoted(file: str, line: int) -> str:
    """'line 5 of cell [3], `os.read(r, 10)`'."""
    text = source(file, line)
    if len(text) > _MAX_SOURCE:
        text = text[: _MAX_SOURCE - 1] + "…"
    return place(file, line) + (f", `{text}`" if text else "")


def quoted_place(frame: Frame) -> str:
    """Like `quoted`, of a stack's frame."""
    return quoted(frame.file, frame.line)


def own_frame(stack: tuple[Frame, ...]) -> Frame | None:
    """The innermost frame in the student's own code, not in a library's."""
    for frame in stack:
        if not frame.file.startswith(("<frozen", *_LIBRARY)):
            return frame
    return None


def name_process(picture: Picture, pid: int) -> str:
    """'process 3 (child of process 2)', with the numbers that getpid shows inside."""
    process = picture.snapshot.processes.get(pid)
    if process is None:
        return "a process that has ended"
    parent = picture.snapshot.processes.get(process.parent)
    words = f"process {process.inner}"
    if process.command and not is_python(process):
        words += f", `{process.command}`"
    return words + (f" (child of process {parent.inner})" if parent else "")


def is_python(process: Process) -> bool:
    """Whether a process runs Python, as far as its name tells."""
    return process.command.startswith("python")


def name_descriptor(picture: Picture, pid: int, fd: int) -> str:
    """'descriptor 4 (`w`)': with the variable that holds the number, where the stack tells."""
    name = variable(picture, pid, fd)
    return f"descriptor {fd}" + (f" (`{name}`)" if name else "")


def variable(picture: Picture, pid: int, fd: int) -> str | None:
    """The student's variable that holds `fd`, if exactly one in the nearest frame does."""
    for frame in picture.stacks.get(pid, ()):
        names = [name for name, number in frame.names if number == fd]
        if names and own_frame((frame,)):
            return names[0] if len(names) == 1 else None
    return None


def shorten(value: object) -> str:
    """repr of a value, cut in the middle when it is long."""
    text = repr(value)
    if len(text) <= _MAX_VALUE:
        return text
    half = _MAX_VALUE // 2
    size = f", {len(value):,} long" if isinstance(value, (bytes, str, list, tuple)) else ""
    return f"{text[:half]} … {text[-half:]}{size}"


def sentence_list(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
