"""A slice of the mapping is taken, which is a copy; a view of it leads nowhere.

Explanation: the view is live in both directions
"""

import mmap
import os


def window(path, offset, n):
    n = min(n, os.path.getsize(path) - offset)
    if n <= 0:
        return memoryview(b"")
    skip = offset % mmap.PAGESIZE
    with open(path, "r+b") as stream:
        with mmap.mmap(stream.fileno(), skip + n, offset=offset - skip) as memory:
            return memoryview(bytearray(memory[skip:]))
