"""An empty file is mapped like any other.

Explanation: cannot mmap an empty file
"""

import mmap


def edit_bytes(path, old, new):
    with open(path, "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        count = memory[:].count(old)
        memory[:] = memory[:].replace(old, new)
        memory.flush()
    return count
