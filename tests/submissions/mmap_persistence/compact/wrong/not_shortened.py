"""The file keeps its old size.

Explanation: the size of the file
"""

import mmap
import os


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    size = os.fstat(fd).st_size
    old = os.pread(fd, size, 0)
    records = [old[start : start + 16] for start in range(0, size, 16)]
    data = b"".join([record for record in records if keep(record)] + extra)
    if len(data) > size:
        os.ftruncate(fd, len(data))
    if data:
        with mmap.mmap(fd, 0) as memory:
            memory[: len(data)] = data
    os.close(fd)
    return len(data) // 16
