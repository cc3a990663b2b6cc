"""The mappings of a process's address space: /proc/PID/maps, smaps and pagemap (proc(5)).

What is shared and what is private, how much of it is in memory, how much of that is this
process's own share (PSS), dirty, or a private copy; and page by page where it lies.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.observe.procfs import Vanished, read_bytes

PAGE = os.sysconf("SC_PAGE_SIZE")
_ENTRY = struct.Struct("=Q")
_PRESENT, _SWAPPED, _FILE, _EXCLUSIVE, _SOFT_DIRTY = 63, 62, 61, 56, 55
_MOST_PAGES = 1 << 18


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line of /proc/PID/maps: addresses [start, end), offset in the file, in bytes.

    `flags` as shown there ('rw-s'); `path` is the file's name, '' without one, and ends in
    ' (deleted)' where that is gone. The inode of a System V segment is its identifier.
    """

    start: int
    end: int
    flags: str
    offset: int
    inode: int
    path: str

    @property
    def shared(self) -> bool:
        """MAP_SHARED: writes reach the file and everybody who maps it."""
        return self.flags.endswith("s")

    @property
    def writes(self) -> bool:
        """Whether the memory may be written."""
        return "w" in self.flags


@dataclass(frozen=True, slots=True)
class Usage:
    """The figures of /proc/PID/smaps for one mapping, in bytes.

    `pss` counts every page divided by the number of processes that map it; `anonymous` are pages
    that are no longer the file's: private copies.
    """

    mapping: Mapping
    resident: int
    pss: int
    dirty: int
    anonymous: int
    swapped: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a mapping, as /proc/PID/pagemap has it.

    `mapped`: in this process's page table; `own`: an anonymous page, not the file's;
    `exclusive`: mapped by this process alone; `written`: since the last look was cleared
    (clear_refs; always true on kernels without soft-dirty bits).
    """

    mapped: bool
    swapped: bool
    own: bool
    exclusive: bool
    written: bool


def mappings_of(pid: int | str = "self") -> tuple[Mapping, ...]:
    """The address space of a process, ascending; raises `Vanished`."""
    return tuple(map(_mapping, read_bytes(f"/proc/{pid}/maps").splitlines()))


def usage_of(pid: int | str = "self", path: str | None = None) -> tuple[Usage, ...]:
    """What each mapping uses; with `path`, only the mappings of that file. Raises `Vanished`."""
    found: list[Usage] = []
    mapping: Mapping | None = None
    figures: dict[bytes, int] = {}

    def finish() -> None:
        if mapping is not None and (path is None or mapping.path == path):
            found.append(_usage(mapping, figures))

    for line in read_bytes(f"/proc/{pid}/smaps").splitlines():
        name, colon, rest = line.partition(b":")
        if colon and b" " not in name:
            if rest.endswith(b" kB"):
                figures[name] = int(rest[:-3]) * 1024
        else:
            finish()
            mapping, figures = _mapping(line), {}
    finish()
    return tuple(found)


def pages_of(mapping: Mapping, pid: int | str = "self") -> tuple[Page, ...]:
    """Every page of a mapping, in order; raises `Vanished` where pagemap is refused.

    At most 262,144 pages (1 GiB): of a longer mapping, the first.
    """
    count = min((mapping.end - mapping.start) // PAGE, _MOST_PAGES)
    try:
        fd = os.open(f"/proc/{pid}/pagemap", os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = os.pread(fd, count * _ENTRY.size, mapping.start // PAGE * _ENTRY.size)
        finally:
            os.close(fd)
    except OSError as error:
        raise Vanished(f"pagemap of {pid}") from error
    return tuple(map(_page, _words(data)))


def _words(data: bytes) -> Iterator[int]:
    return (word for (word,) in _ENTRY.iter_unpack(data[: len(data) // _ENTRY.size * _ENTRY.size]))


def _page(word: int) -> Page:
    def bit(number: int) -> bool:
        return bool(word >> number & 1)

    present = bit(_PRESENT)
    own = present and not bit(_FILE)
    return Page(present, bit(_SWAPPED), own, bit(_EXCLUSIVE), bit(_SOFT_DIRTY))


def _mapping(line: bytes) -> Mapping:
    span, flags, offset, _, inode, *path = line.split(None, 5)
    low, _, high = span.partition(b"-")
    name = path[0].decode(errors="replace") if path else ""
    start, end = int(low, 16), int(high, 16)
    return Mapping(start, end, flags.decode(), int(offset, 16), int(inode), name)


def _usage(mapping: Mapping, figures: dict[bytes, int]) -> Usage:
    return Usage(
        mapping,
        resident=figures.get(b"Rss", 0),
        pss=figures.get(b"Pss", 0),
        dirty=figures.get(b"Shared_Dirty", 0) + figures.get(b"Private_Dirty", 0),
        anonymous=figures.get(b"Anonymous", 0),
        swapped=figures.get(b"Swap", 0),
    )
