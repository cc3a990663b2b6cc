"""What the processes of a world take together: of the disk, and of the memory.

The kernel's limits bound one file and one process (RLIMIT_FSIZE, RLIMIT_AS), but nothing bounds
their number. What the machine has left is asked for often, which is cheap; what this world has
taken is counted only when that has become less.
"""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.observe.procfs import Vanished, descendants_of, read_bytes

_BLOCK = 512  # unit of st_blocks, stat(2)
_SUSPICIOUS_SHARE = 0.25
_LOOK_SECONDS = 0.05
_MOST_FILES = 50_000


class Totals:
    """Disk use of the files in `folders`, memory of all processes; looked at now and then."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._disk = self._free_on_disk()
        self._memory = _free_memory()
        self._next_look = 0.0

    def due(self, now: float) -> bool:
        """Whether it is time for another look."""
        if now < self._next_look:
            return False
        self._next_look = now + _LOOK_SECONDS
        return True

    def disk_beyond(self, limit: int, init: int) -> int:
        """Bytes in files, when they are more than `limit`; `init` is the world's first process."""
        if self._disk - self._free_on_disk() < limit * _SUSPICIOUS_SHARE:
            return 0
        used = _total([*self._files(), *_open_and_deleted(init)])
        return used if used > limit else 0

    def memory_beyond(self, limit: int, init: int) -> int:
        """Bytes of memory, when they are more than `limit`; shared pages count once.

        Shares of shared pages are read one process after the other, and change meanwhile: the
        machine must have lost as much.
        """
        lost = self._memory - _free_memory()
        if lost <= limit:
            return 0
        used = min(lost, sum(_proportional(init)) + _total(_open_and_deleted(init)))
        return used if used > limit else 0

    def _free_on_disk(self) -> int:
        """Of the fullest of the folders' file systems."""
        found = []
        for folder in self.folders:
            with contextlib.suppress(OSError):
                about = os.statvfs(folder)
                found.append(about.f_bfree * about.f_frsize)
        return min(found, default=0)

    def _files(self) -> Iterator[os.stat_result]:
        left = _MOST_FILES
        for folder in self.folders:
            for inside, _, names in os.walk(folder):
                for name in names[:left]:
                    with contextlib.suppress(OSError):
                        yield os.lstat(os.path.join(inside, name))
                left -= len(names)
                if left <= 0:
                    return


def _total(files: Iterable[os.stat_result]) -> int:
    """Bytes that they take; a file with several names, or open several times, counts once."""
    return sum(
        {
            (about.st_dev, about.st_ino): about.st_blocks * _BLOCK
            for about in files
            if stat.S_ISREG(about.st_mode)
        }.values()
    )


def _open_and_deleted(init: int) -> Iterator[os.stat_result]:
    """Files without a name that a process of the world has open: memory files among them."""
    for pid in _processes(init):
        with contextlib.suppress(OSError), os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    about = os.stat(entry.path)
                    if about.st_nlink == 0:
                        yield about


def _proportional(init: int) -> Iterator[int]:
    """Bytes of each process, its share of shared pages (Pss, proc_pid_smaps(5))."""
    for pid in _processes(init):
        with contextlib.suppress(Vanished):
            yield _kilobytes(read_bytes(f"/proc/{pid}/smaps_rollup"), b"Pss:") * 1024


def _processes(init: int) -> list[int]:
    with contextlib.suppress(Vanished):
        return list(descendants_of(init))
    return []


def _free_memory() -> int:
    with contextlib.suppress(Vanished):
        return _kilobytes(read_bytes("/proc/meminfo"), b"MemAvailable:") * 1024
    return 0


def _kilobytes(text: bytes, key: bytes) -> int:
    for line in text.splitlines():
        if line.startswith(key):
            return int(line.split()[1])
    return 0
