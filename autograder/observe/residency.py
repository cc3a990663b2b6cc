"""Which pages of a file are in memory at this moment, whoever brought them there (mincore(2)).

For a file that one may not write, the kernel calls every page resident (since Linux 5.0).
"""

import ctypes
import mmap
import os

_PROT_NONE, _MAP_SHARED = 0, mmap.MAP_SHARED
_libc = ctypes.CDLL(None, use_errno=True)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_long,
]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_libc.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p]
_FAILED = ctypes.c_void_p(-1).value


def resident_pages(path: str) -> tuple[bool, ...]:
    """One entry for each page of the file, in order; raises OSError.

    The file is mapped without access for the question, which brings no page into memory.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        size = os.fstat(fd).st_size
        if size == 0:
            return ()
        address = _libc.mmap(None, size, _PROT_NONE, _MAP_SHARED, fd, 0)
        if address == _FAILED:
            raise OSError(ctypes.get_errno(), f"mmap of {path}")
    finally:
        os.close(fd)
    try:
        count = -(-size // mmap.PAGESIZE)
        flags = ctypes.create_string_buffer(count)
        if _libc.mincore(address, size, flags) != 0:
            raise OSError(ctypes.get_errno(), f"mincore of {path}")
        return tuple(bool(flag & 1) for flag in flags.raw)
    finally:
        _libc.munmap(address, size)
