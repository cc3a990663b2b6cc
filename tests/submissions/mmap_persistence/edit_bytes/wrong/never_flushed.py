"""close() is thought to write to the disk.

Finding: never-synced
"""

import mmap
import os


def edit_bytes(path, old, new):
    if os.path.getsize(path) == 0:
        return 0
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), 0)
        count = memory[:].count(old)
        memory[:] = memory[:].replace(old, new)
        memory.close()
    return count
