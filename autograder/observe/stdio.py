"""Output that a process still keeps in the buffers of its C library, read from outside.

glibc keeps all its streams in one list (`_IO_list_all`), in structures whose layout is part of its
binary interface (libio/bits/types/struct_FILE.h). The list is found in another process by the
place it has in our own copy of the same file; a process with another C library shows nothing.
"""

import ctypes
import re
import struct
from dataclasses import dataclass
from functools import cache

from autograder.observe.procfs import read_bytes, read_memory

_MAGIC, _MAGIC_MASK, _PUTTING = 0xFBAD0000, 0xFFFF0000, 0x800
# _flags, three read pointers, write_base, write_ptr, seven pointers to _chain, _fileno
_FILE = struct.Struct("=I4x3Q2Q7QQi")
_MOST_STREAMS = 64
_MOST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Pending:
    """Bytes in the buffer of one stream (the address of its FILE) that no write has taken yet."""

    stream: int
    fd: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Streams:
    """The streams of one program image with pending output.

    `image` is where the C library lies: it differs after an exec, and is 0 if it is not glibc.
    """

    image: int
    pending: dict[int, Pending]


def pending_output(pid: int) -> Streams:
    """What `pid` has printed but not yet written; raises `Vanished`."""
    place = _list_in_library()
    if place is None:
        return Streams(0, {})
    pattern, offset = place
    match = pattern.search(read_bytes(f"/proc/{pid}/maps"))
    if match is None:
        return Streams(0, {})
    base = int(match[1], 16)
    found: dict[int, Pending] = {}
    (stream,) = struct.unpack("=Q", read_memory(pid, base + offset, 8))
    for _ in range(_MOST_STREAMS):
        if not stream:
            break
        flags, *_, begin, end, _, _, _, _, _, _, _, following, fd = _FILE.unpack(
            read_memory(pid, stream, _FILE.size)
        )
        if flags & _MAGIC_MASK != _MAGIC:
            break  # overwritten: nothing behind it can be believed
        if flags & _PUTTING and 0 < end - begin <= _MOST_BYTES:
            found[stream] = Pending(stream, fd, read_memory(pid, begin, end - begin))
        stream = following
    return Streams(base, found)


@cache
def _list_in_library() -> tuple[re.Pattern[bytes], int] | None:
    """How the library's first mapping looks in /proc/PID/maps, and the list's distance from it."""
    try:
        variable = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "_IO_list_all")
    except (OSError, ValueError):
        return None
    address = ctypes.addressof(variable)
    lines = [line.split(None, 5) for line in read_bytes("/proc/self/maps").splitlines()]
    for span, _, _, device, inode, *_ in lines:
        low, high = (int(part, 16) for part in span.split(b"-"))
        if low <= address < high and inode != b"0":
            first = rb"^([0-9a-f]+)-[0-9a-f]+ \S+ 0+ " + device + rb" +" + inode + rb" "
            pattern = re.compile(first, re.MULTILINE)
            match = pattern.search(read_bytes("/proc/self/maps"))
            return (pattern, address - int(match[1], 16)) if match else None
    return None
