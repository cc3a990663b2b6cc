"""The window is not cut at the end of the file.

Explanation: mmap length is greater than file size
"""

import mmap


def window(path, offset, n):
    skip = offset % mmap.PAGESIZE
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), skip + n, offset=offset - skip)
    return memoryview(memory)[skip:]
