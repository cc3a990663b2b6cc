"""What processes do with mappings: private copies that nobody else sees, and files on disk.

Looked at while a process stands still in mmap, msync, munmap, fork and exit_group. Two questions:

- Did writes stay in a process although they were meant for others? A private mapping that was
  written, and a sign that sharing was meant: it was msync'ed, the descriptor was open for
  writing, or a child filled what its parent had mapped before the fork and the parent looked.
- What would a power cut leave of a shared mapping? For every file mapped shared and writable a
  durable image is kept: what the file held when it was mapped, and since then whatever msync,
  fsync or sync covered. POSIX promises no more (msync(2), fsync(2)).
"""

import base64
import contextlib
import itertools
import mmap
import os
import stat
import struct
import time
import zlib
from dataclasses import dataclass, field
from typing import Any

from autograder.observe.mappings import Mapping, mappings_of, pages_of
from autograder.observe.procfs import Vanished, read_bytes, read_link, read_memory, read_stat
from autograder.sandbox.seccomp import OWN_BLOCK

_ANONYMOUS = 0x20
_LARGEST_IMAGE = 16 << 20
_MOST_COMPARED = 1 << 20
_MOST_TOLD = 48 << 10  # of all durable images together, as text: they travel in one message
_MOST = 50
_MAPPED_SECONDS = 0.02  # a call that fails maps nothing
_WORDS = 8  # how far up the stack a caller is looked for
# Files in memory have no durability to lose.
_MEMORY = ("/dev/shm/", "/memfd:", "/dev/zero")


@dataclass(slots=True)
class _Private:
    """A file that was mapped private and writable, perhaps through a writable descriptor;
    `handle` leads to it whatever becomes of its name."""

    handle: int
    writable: bool
    pids: set[int]
    synced: bool = False


@dataclass(slots=True)
class _Durable:
    """A file that was mapped shared and writable, and what of it would survive a power cut."""

    handle: int
    pid: int
    image: bytearray


@dataclass(slots=True)
class _Region:
    """Anonymous private memory that a process mapped itself, while it is still blank at a fork;
    and what children then wrote there: rows of `MappedFiles.copied`, by first differing byte."""

    pid: int
    start: int
    length: int
    forked: bool = False
    filled: dict[int, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class MappedFiles:
    """The account of one run. Rows of `copied`: [pid, path or None, offset in the file, length of
    the mapping, bytes that differ, sign that sharing was meant].
    """

    copied: list[list[Any]] = field(default_factory=list)
    _ends: dict[str, int] = field(default_factory=dict)
    _private: dict[str, _Private] = field(default_factory=dict)
    _durable: dict[str, _Durable] = field(default_factory=dict)
    _regions: list[_Region] = field(default_factory=list)
    _before: dict[int, frozenset[tuple[int, int]]] = field(default_factory=dict)

    # -- what init tells -----------------------------------------------------------------------

    def note_map(self, pid: int, args: tuple[int, ...]) -> None:
        """`pid` is about to map memory (mmap's arguments)."""
        _, length, prot, flags, fd, offset = args
        if not prot & mmap.PROT_WRITE:
            return
        if flags & _ANONYMOUS:
            own = flags == mmap.MAP_PRIVATE | _ANONYMOUS and length <= OWN_BLOCK
            if own and _called_by_the_program(pid):
                self._before[pid] = _anonymous(pid)
            return
        link = f"/proc/{pid}/fd/{fd & 0xFFFFFFFF}"
        path = read_link(link)
        if not stat.S_ISREG(os.stat(link).st_mode):
            return
        if path in self._ends or len(self._ends) < _MOST:
            self._ends[path] = max(self._ends.get(path, 0), offset + length)
        if flags & mmap.MAP_SHARED:
            self._note_shared(pid, path, link)
        else:
            writable = bool(os.lstat(link).st_mode & stat.S_IWUSR)
            if path not in self._private and len(self._private) < _MOST:
                handle = os.open(link, os.O_RDONLY | os.O_CLOEXEC)
                self._private[path] = _Private(handle, writable, set())
            file = self._private[path]
            file.writable |= writable
            file.pids.add(pid)

    def note_mapped(self, pid: int, args: tuple[int, ...]) -> None:
        """The call has gone on: find where anonymous memory came to lie, which only the table of
        mappings tells."""
        before = self._before.pop(pid, None)
        if before is None or len(self._regions) >= _MOST:
            return
        length = -(-args[1] // mmap.PAGESIZE) * mmap.PAGESIZE
        deadline = time.monotonic() + _MAPPED_SECONDS
        while time.monotonic() < deadline:
            fresh = _difference(_anonymous(pid), before)
            if fresh:
                starts = [low for low, high in fresh if high - low == length]
                if len(starts) == 1:
                    self._regions.append(_Region(pid, starts[0], length))
                return

    def note_fork(self, pid: int) -> None:
        """`pid` is about to fork: its child will have private copies."""
        for region in self._regions:
            if region.pid == pid:
                region.forked = not any(_content(pid, region.start, region.length))

    def note_sync(self, pid: int, call: str, args: tuple[int, ...]) -> None:
        """`pid` is about to write back memory, a file or everything."""
        if call == "msync":
            self._look_at_copies(pid, args[0])
            self._write_back(pid, args[0], args[1])
        elif call in ("fsync", "fdatasync"):
            self._write_back_whole(read_link(f"/proc/{pid}/fd/{args[0] & 0xFFFFFFFF}"))
        else:
            for path in self._durable:
                self._write_back_whole(path)

    def note_leaving(self, pid: int) -> None:
        """`pid` is about to end, or to take mappings away."""
        if self._private:
            self._look_at_copies(pid)
        if self._regions:
            self._look_at_regions(pid)

    def unsynced(self) -> list[list[Any]]:
        """[pid, path, first byte, bytes] of files that a power cut would leave different."""
        found = []
        for path, file in self._durable.items():
            with contextlib.suppress(Vanished):
                now = _read_file(file.handle, 0, _LARGEST_IMAGE)
                if now != file.image:
                    differing = _differing(bytes(file.image), now)
                    found.append([file.pid, path, differing[0], len(differing)])
        return found

    def durable(self) -> list[str]:
        """The paths of all files that were mapped shared and writable."""
        return list(self._durable)

    def images(self) -> dict[str, str]:
        """The durable images as text (zlib, base64), by path, as far as there is room."""
        found: dict[str, str] = {}
        room = _MOST_TOLD
        for path, file in self._durable.items():
            told = base64.b64encode(zlib.compress(file.image)).decode()
            if len(told) <= room:
                found[path] = told
                room -= len(told)
        return found

    def short(self) -> list[list[Any]]:
        """[path, end of what was mapped of it, size now] of files that end before the last page
        that was mapped of them."""
        found = []
        for path, end in self._ends.items():
            with contextlib.suppress(OSError):
                size = os.stat(path).st_size
                if size <= (end - 1) // mmap.PAGESIZE * mmap.PAGESIZE:
                    found.append([path, end, size])
        return found

    # -- shared mappings and the disk ----------------------------------------------------------

    def _note_shared(self, pid: int, path: str, link: str) -> None:
        if path in self._durable or path.startswith(_MEMORY) or len(self._durable) >= _MOST:
            return
        if os.stat(link).st_size <= _LARGEST_IMAGE:
            handle = os.open(link, os.O_RDONLY | os.O_CLOEXEC)
            image = bytearray(_read_file(handle, 0, _LARGEST_IMAGE))
            self._durable[path] = _Durable(handle, pid, image)

    def _write_back_whole(self, path: str) -> None:
        file = self._durable.get(path)
        if file is not None:
            file.image = bytearray(_read_file(file.handle, 0, _LARGEST_IMAGE))

    def _write_back(self, pid: int, start: int, length: int) -> None:
        """The pages of an msync: what the file holds there now is durable."""
        for each in mappings_of(pid):
            file = self._durable.get(each.path)
            low, high = max(start, each.start), min(start + length, each.end)
            if file is None or not each.shared or low >= high:
                continue
            offset = each.offset + low - each.start
            data = _read_file(file.handle, offset, high - low)
            file.image[offset : offset + len(data)] = data

    # -- private mappings ------------------------------------------------------------------------

    def _look_at_copies(self, pid: int, synced: int = 0) -> None:
        """Private file mappings of `pid` whose content is not the file's; `synced`: an address
        that it is about to msync."""
        for each in mappings_of(pid):
            file = self._private.get(each.path)
            if file is None or each.shared or not each.writes:
                continue
            if not file.pids & {pid, read_stat(pid).parent}:
                continue
            file.synced |= each.start <= synced < each.end
            self._compare(pid, each, file)

    def _compare(self, pid: int, mapping: Mapping, file: _Private) -> None:
        size = min(mapping.end - mapping.start, _MOST_COMPARED)
        on_disk = _read_file(file.handle, mapping.offset, size)
        copy = _content(pid, mapping.start, len(on_disk))
        differing = [index for index, byte in enumerate(copy) if byte != on_disk[index]]
        sign = self._sign(pid, file, on_disk) if differing else ""
        row = [pid, mapping.path, mapping.offset + (differing[0] if differing else 0)]
        if sign and len(self.copied) < _MOST:
            self.copied = [each for each in self.copied if each[:2] != row[:2]]
            self.copied.append([*row, mapping.end - mapping.start, len(differing), sign])

    @staticmethod
    def _sign(pid: int, file: _Private, on_disk: bytes) -> str:
        """Why the writes were meant for others; empty when a private copy may well be meant."""
        if file.synced:
            return "msync was called on it"
        if not file.writable:
            return ""  # opened for reading only: the copy is meant to be one's own
        if not any(on_disk):
            return "the file was opened for writing and is still blank"
        if len(file.pids) > 1 or pid not in file.pids:
            return "the file was opened for writing and several processes map it"
        if not read_stat(pid).command.startswith("python"):
            return "the file was opened for writing"
        return ""

    def _look_at_regions(self, pid: int) -> None:
        """Memory that a parent mapped before it forked, that was blank then, that only a child
        has filled, and at which the parent has looked (its page table shows that)."""
        parent = read_stat(pid).parent
        for region in self._regions:
            if region.pid == parent and region.forked:
                data = _content(pid, region.start, region.length)
                changed = [index for index, byte in enumerate(data) if byte]
                if changed:
                    sign = "it was mapped before the fork, and only the child filled it"
                    row = [pid, None, changed[0], region.length, len(changed), sign]
                    region.filled.setdefault(changed[0], row)
            elif region.pid == pid and region.filled:
                self._settle(region)

    def _settle(self, region: _Region) -> None:
        """The parent is about to end, or to unmap."""
        if any(_content(region.pid, region.start, region.length)):
            return  # it has used the memory for itself
        end = region.start + region.length
        pages = pages_of(Mapping(region.start, end, "rw-p", 0, 0, ""), region.pid)
        for first, row in region.filled.items():
            if pages[first // mmap.PAGESIZE].mapped and len(self.copied) < _MOST:
                self.copied.append(row)
        region.filled.clear()


def _called_by_the_program(pid: int) -> bool:
    """Whether the call comes from the program's own code, or from Python's mmap module: libraries,
    the loader and interpreters map memory for themselves.

    Its instruction lies in the C library's mmap; the first return address above is the caller's.
    """
    *_, stack, instruction = read_bytes(f"/proc/{pid}/syscall").split()
    code = [each for each in mappings_of(pid) if "x" in each.flags]

    def home(address: int) -> str:
        return next((each.path for each in code if each.start <= address < each.end), "")

    program = read_link(f"/proc/{pid}/exe")
    python = "python" in os.path.basename(program)
    library = home(int(instruction, 16))
    words = struct.unpack(f"={_WORDS}Q", read_memory(pid, int(stack, 16), 8 * _WORDS))
    caller = next(filter(None, map(home, words)), "")
    if python:
        return os.path.basename(caller).startswith("mmap.")
    return caller == program != library


def _anonymous(pid: int) -> frozenset[tuple[int, int]]:
    """The spans of anonymous private writable memory, without heap and stack."""
    return frozenset(
        (each.start, each.end)
        for each in mappings_of(pid)
        if not each.path and not each.shared and each.writes
    )


def _difference(
    after: frozenset[tuple[int, int]], before: frozenset[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The parts of the spans of `after` that no span of `before` covers (spans may have grown)."""
    found = []
    for low, high in sorted(after - before):
        inside = sorted(span for span in before if low <= span[0] and span[1] <= high)
        for start, end in [*inside, (high, high)]:
            if start > low:
                found.append((low, start))
            low = end
    return found


def _content(pid: int, start: int, length: int) -> bytes:
    data = read_memory(pid, start, length) if length else b""
    if len(data) != length:
        raise Vanished(f"memory of {pid}")
    return data


def _read_file(handle: int, offset: int, size: int) -> bytes:
    try:
        return os.pread(handle, size, offset)
    except OSError as error:
        raise Vanished("a mapped file") from error


def _differing(before: bytes, now: bytes) -> list[int]:
    """Where two versions of a file, which differ, do so; what one has not counts as differing."""
    pairs = itertools.zip_longest(before, now)
    return [index for index, (old, new) in enumerate(pairs) if old != new]
