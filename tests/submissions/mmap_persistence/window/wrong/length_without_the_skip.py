"""The mapping begins earlier but is not made longer.

Explanation: the bytes of the window
"""

import mmap
import os


def window(path, offset, n):
    n = min(n, os.path.getsize(path) - offset)
    if n <= 0:
        return memoryview(b"")
    skip = offset % mmap.PAGESIZE
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), n, offset=offset - skip)
    return memoryview(memory)[skip : skip + n]
