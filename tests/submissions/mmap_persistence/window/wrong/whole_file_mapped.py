"""The whole file is mapped for a few bytes.

Explanation: the pages (first, end) mapped for 100 bytes
"""

import mmap
import os


def window(path, offset, n):
    if offset >= os.path.getsize(path):
        return memoryview(b"")
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), 0)
    return memoryview(memory)[offset : offset + n]
