"""MAP_PRIVATE, and flush() to bring it to the disk: msync of a private mapping does nothing.

Finding: private-mapping
"""

import mmap
import os


def edit_bytes(path, old, new):
    if os.path.getsize(path) == 0:
        return 0
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), 0, flags=mmap.MAP_PRIVATE)
        count = memory[:].count(old)
        memory[:] = memory[:].replace(old, new)
        memory.flush()
        memory.close()
    return count
