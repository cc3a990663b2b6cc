"""The records are counted, the file is cut, and then the records are moved: they are gone.

Finding: bus-error
"""

import mmap
import os


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    size = os.fstat(fd).st_size
    if size == 0:
        os.truncate(path, 16 * len(extra))
        if extra:
            with mmap.mmap(fd, 0) as memory:
                memory[:] = b"".join(extra)
        os.close(fd)
        return len(extra)
    memory = mmap.mmap(fd, size)
    places = [start for start in range(0, size, 16) if keep(memory[start : start + 16])]
    os.ftruncate(fd, 16 * (len(places) + len(extra)))
    data = b"".join(memory[start : start + 16] for start in places) + b"".join(extra)
    memory[: len(data)] = data
    memory.close()
    os.close(fd)
    return len(data) // 16
