"""The mapping is made before a fork, and a child edits; the parent writes it back."""

import mmap
import os


def edit_bytes(path, old, new):
    size = os.path.getsize(path)
    if size == 0:
        return 0
    with open(path, "r+b") as stream:
        memory = mmap.mmap(stream.fileno(), size)
    count = memory[:].count(old)
    pid = os.fork()
    if pid == 0:
        try:
            memory[:] = memory[:].replace(old, new)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    memory.flush()
    memory.close()
    return count
