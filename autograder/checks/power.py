"""A process that is killed at a chosen line, and what a power cut may leave on the disk.

SIGKILL cannot prove durability: the kernel keeps what a killed process wrote. So a check kills the
student's function at each of its lines in turn, and then asks what the disk might hold if at that
moment the *system* had stopped: what msync and fsync covered is there, and of the pages that were
changed since, any may have been written back, because the kernel may do so whenever it likes.

    for line in range(100):
        result = box.run(killed_at, line, student("count"), "counter")
        for disk in possible_disks(result, box.path):
            run("count", "counter", files=disk).returns(...)
"""

import mmap
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path, PurePath
from types import FrameType
from typing import Any

from autograder.checks.record import Run

_LIBRARY = (os.path.dirname(os.__file__) + os.sep, "<frozen ")
_MOST_PAGES = 4  # of which every combination is tried


def killed_at(line: int, function: Callable[..., Any], *args: Any) -> Any:
    """Call `function(*args)`, but die by SIGKILL before its line number `line` in order of
    execution (from 0) begins. Returns what the function returns when it has fewer lines.

    The lines of functions that it calls count too, those of Python's own library do not.
    """
    left = line

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename.startswith(_LIBRARY):
            return None
        if event == "line":
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return trace

    sys.settrace(trace)
    try:
        return function(*args)
    finally:
        sys.settrace(None)


def possible_disks(run: Run, folder: Path) -> Iterator[dict[str, bytes]]:
    """What the files of `folder` (names: contents) may be after a power cut at the end of `run`.

    Files that the run did not map shared and writable count as written back; of a mapped one, each
    page that was not has its old content or its new one. With more than four such pages: all
    old, all new, and each alone new or old.
    """
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    images = {PurePath(path).name: image for path, image in run.evidence.images.items()}
    choices = [
        list(_versions(images[name], now)) if name in images else [now]
        for name, now in files.items()
    ]
    for contents in product(*choices):
        yield dict(zip(files, contents, strict=True))


def _versions(image: bytes, now: bytes) -> Iterator[bytes]:
    old = image[: len(now)].ljust(len(now), b"\0")
    starts = range(0, len(now), mmap.PAGESIZE)
    dirty = [start for start in starts if _page(old, start) != _page(now, start)]
    for chosen in _subsets(dirty):
        content = bytearray(old)
        for start in chosen:
            content[start : start + mmap.PAGESIZE] = _page(now, start)
        yield bytes(content)


def _page(content: bytes, start: int) -> bytes:
    return content[start : start + mmap.PAGESIZE]


def _subsets(pages: list[int]) -> Iterator[frozenset[int]]:
    if len(pages) <= _MOST_PAGES:
        for bits in product((False, True), repeat=len(pages)):
            yield frozenset(page for page, bit in zip(pages, bits, strict=True) if bit)
        return
    whole = frozenset(pages)
    yield frozenset()
    yield whole
    for page in pages:
        yield frozenset({page})
        yield whole - {page}
