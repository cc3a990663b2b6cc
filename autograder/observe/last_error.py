"""The `errno` of a C program, read from outside while it stands still in a system call.

glibc keeps errno in thread-local storage: on x86-64 the blocks of all loaded files lie below the
thread control block, which begins with its own address (ELF Handling for Thread-Local Storage,
variant II). Where only the C library has such a block, its place is known; elsewhere the answer
is None.
"""

import ctypes
import platform
import struct
from functools import cache

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from autograder.observe.procfs import Vanished, read_bytes, read_memory

_LARGEST_BLOCK = 1 << 20
_PERROR_SIZE = 512


def error_reported(pid: int) -> int | None:
    """The errno that `pid` is about to report, if it stands in perror's call of dup; else None.

    glibc before 2.41 writes perror's line to a copy of descriptor 2. Raises `Vanished`.
    """
    if platform.machine() != "x86_64":
        return None
    maps = [line.split(None, 5) for line in read_bytes(f"/proc/{pid}/maps").splitlines()]
    library = _own_library()
    base = next((_low(line) for line in maps if line[3:5] == list(library)), None)
    if base is None:
        return None
    stack = int(read_bytes(f"/proc/{pid}/syscall").split()[-2], 16)
    (back,) = struct.unpack("=Q", read_memory(pid, stack, 8))
    perror = base + _offset_of("perror")
    if not perror <= back < perror + _PERROR_SIZE:
        return None
    below = _distance_below()
    files = {
        line[5].decode(errors="replace") for line in maps if len(line) == 6 and line[4] != b"0"
    }
    blocks = [file for file in files if _has_thread_local_block(f"/proc/{pid}/root{file}")]
    control = _control_block(pid, maps)
    if below is None or control is None or len(blocks) != 1:
        return None
    return int(struct.unpack("=i", read_memory(pid, control - below, 4))[0])


def _low(line: list[bytes]) -> int:
    return int(line[0].split(b"-")[0], 16)


def _control_block(pid: int, maps: list[list[bytes]]) -> int | None:
    """The main thread's control block: its words 0 and 2 are its own address."""
    for line in maps:
        low, high = (int(part, 16) for part in line[0].split(b"-"))
        if len(line) > 5 or not line[1].startswith(b"rw") or high - low > _LARGEST_BLOCK:
            continue
        words = struct.unpack(f"={(high - low) // 8}Q", read_memory(pid, low, high - low))
        for index in range(len(words) - 2):
            address = low + 8 * index
            if words[index] == address and words[index + 2] == address:
                return address
    return None


@cache
def _own_library() -> tuple[bytes, bytes]:
    """(device, inode) of the C library that this process uses."""
    address = ctypes.cast(ctypes.CDLL(None).perror, ctypes.c_void_p).value or 0
    for line in read_bytes("/proc/self/maps").splitlines():
        span, _, _, device, inode, *_ = line.split(None, 5)
        low, high = (int(part, 16) for part in span.split(b"-"))
        if low <= address < high:
            return device, inode
    raise Vanished("the C library")


def _own_library_lines() -> list[list[bytes]]:
    lines = (line.split(None, 5) for line in read_bytes("/proc/self/maps").splitlines())
    return [line for line in lines if tuple(line[3:5]) == _own_library()]


@cache
def _offset_of(function: str) -> int:
    address = ctypes.cast(getattr(ctypes.CDLL(None), function), ctypes.c_void_p).value or 0
    return address - _low(_own_library_lines()[0])


@cache
def _distance_below() -> int | None:
    """How far below the control block errno lies where only the C library has a block."""
    with open(_own_library_lines()[0][5], "rb") as stream:
        library = ELFFile(stream)
        block = next((part for part in library.iter_segments("PT_TLS")), None)
        symbols = library.get_section_by_name(".dynsym")
        if not isinstance(symbols, SymbolTableSection):
            return None
        found = symbols.get_symbol_by_name("errno")
        if block is None or not found:
            return None
        size, align = block["p_memsz"], max(block["p_align"], 1)
        return int((size + align - 1) // align * align - found[0]["st_value"])


@cache
def _has_thread_local_block(file: str) -> bool:
    try:
        with open(file, "rb") as stream:
            return any(ELFFile(stream).iter_segments("PT_TLS"))
    except (OSError, ELFError):
        return False
