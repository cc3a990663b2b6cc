"""A ctypes array inside the mapping, and a view of it."""

import ctypes
import mmap
import os


def window(path, offset, n):
    n = max(0, min(n, os.path.getsize(path) - offset))
    if not n:
        return memoryview((ctypes.c_ubyte * 0)()).cast("B")
    base = offset & ~(mmap.PAGESIZE - 1)
    with open(path, "rb+", 0) as stream:
        memory = mmap.mmap(stream.fileno(), offset - base + n, offset=base)
    return memoryview((ctypes.c_ubyte * n).from_buffer(memory, offset - base)).cast("B")
