"""The offset goes to mmap as it is.

Explanation: Invalid argument
"""

import mmap
import os


def window(path, offset, n):
    n = min(n, os.path.getsize(path) - offset)
    if n <= 0:
        return memoryview(b"")
    with open(path, "r+b") as stream:
        return memoryview(mmap.mmap(stream.fileno(), n, offset=offset))
