"""The slice is a copy: the bytes that change are not the file's.

Explanation: the content of the file afterwards
"""

import mmap
import os


def edit_bytes(path, old, new):
    if os.path.getsize(path) == 0:
        return 0
    with open(path, "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        data = bytearray(memory[:])
        count = data.count(old)
        data = data.replace(old, new)
        memory.flush()
    return count
