"""Every mapping is kept in a list, so that it "stays valid"; none is ever given back.

Explanation: mappings after the release
"""

import mmap
import os

kept = []


def window(path, offset, n):
    n = min(n, os.path.getsize(path) - offset)
    if n <= 0:
        return memoryview(b"")
    skip = offset % mmap.PAGESIZE
    with open(path, "r+b") as stream:
        kept.append(mmap.mmap(stream.fileno(), skip + n, offset=offset - skip))
    return memoryview(kept[-1])[skip:]
