"""A private mapping: the writes stay in the process.

Finding: private-mapping
"""

import mmap
import os


def window(path, offset, n):
    n = min(n, os.path.getsize(path) - offset)
    if n <= 0:
        return memoryview(b"")
    skip = offset % mmap.PAGESIZE
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), skip + n, access=mmap.ACCESS_COPY, offset=offset - skip)
    return memoryview(memory)[skip:]
