"""What the processes of a world take together: of the disk, and of the memory.

The kernel's limits bound one file and one process (RLIMIT_FSIZE, RLIMIT_AS), but nothing bounds
their number. What the machine has left is asked for often, which is cheap; what this world has
taken is counted when that has become less. Memory is counted every second as well: other programs
may have given back as much as this world took.
"""

import contextlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.observe.procfs import Vanished, descendants_of, read_bytes
from autograder.sandbox.limits import Limits

_BLOCK = 512  # unit of st_blocks, stat(2)
_SUSPICIOUS_SHARE = 0.25
_STEADY_SHARE = 0.02
_LOOK_SECONDS = 0.05
_COUNT_SECONDS = 1.0
_LOOK_SHARE = 0.1  # of the time may be spent on looking
_MOST_FILES = 50_000


class Totals:
    """Disk use of the files in `folders`, memory of all processes; looked at now and then."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)
        self._disk = self._free_on_disk()
        self._memory = _free_memory()
        self._next_look = 0.0
        self._next_count = time.monotonic() + _COUNT_SECONDS

    def beyond(self, limits: Limits, init: int, now: float) -> tuple[str, int] | None:
        """The limit that is met, by its finding's id, and how many bytes were taken.

        Looks now and then; the longer a look takes, the longer until the next one.
        """
        if now < self._next_look:
            return None
        met = None
        surely = now >= self._next_count
        if surely:
            self._next_count = now + _COUNT_SECONDS
        if taken := self._disk_beyond(limits.disk, init):
            met = "file-size-limit", taken
        elif taken := self._memory_beyond(limits.total_memory, init, surely):
            met = "memory-limit", taken
        spent = time.monotonic() - now
        self._next_look = now + max(_LOOK_SECONDS, spent / _LOOK_SHARE)
        return met

    def _disk_beyond(self, limit: int, init: int) -> int:
        """Bytes in files, when they are more than `limit`; `init` is the world's first process."""
        if self._disk - self._free_on_disk() < limit * _SUSPICIOUS_SHARE:
            return 0
        used = _total([*self._files(), *_open_and_deleted(init)])
        return used if used > limit else 0

    def _memory_beyond(self, limit: int, init: int, surely: bool) -> int:
        """Bytes of memory, when they are more than `limit`; shared pages count once."""
        if not surely and self._memory - _free_memory() < limit * _SUSPICIOUS_SHARE:
            return 0
        used = _steady(init, limit * _STEADY_SHARE) + _total(_open_and_deleted(init))
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


def _steady(init: int, tolerance: float) -> int:
    """Bytes of all processes; 0 while that changes by more than `tolerance` between two readings.

    They are read one after the other. A page that several are about to share counts for more than
    one while it is being shared: then the second reading differs from the first.
    """
    first, second = _proportional(init), _proportional(init)
    if first.keys() != second.keys():
        return 0
    sums = sum(first.values()), sum(second.values())
    return min(sums) if abs(sums[0] - sums[1]) <= tolerance else 0


def _proportional(init: int) -> dict[int, int]:
    """Bytes by process, with its share of shared pages (Pss, proc_pid_smaps(5))."""
    found = {}
    for pid in _processes(init):
        with contextlib.suppress(Vanished):
            found[pid] = _kilobytes(read_bytes(f"/proc/{pid}/smaps_rollup"), b"Pss:") * 1024
    return found


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
