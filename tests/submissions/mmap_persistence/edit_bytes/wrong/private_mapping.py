"""ACCESS_COPY: the bytes change in memory, never in the file.

Explanation: never mapped so
"""

import mmap
import os


def edit_bytes(path, old, new):
    if os.path.getsize(path) == 0:
        return 0
    count = 0
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
        position = memory.find(old)
        while position >= 0:
            memory[position : position + len(old)] = new
            count += 1
            position = memory.find(old, position + len(old))
        memory.close()
    return count
