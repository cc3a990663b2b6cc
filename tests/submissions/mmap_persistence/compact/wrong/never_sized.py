"""The mapping is made longer than the file, without ftruncate.

Explanation: mmap length is greater than file size
"""

import mmap
import os


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        size = os.fstat(fd).st_size
        old = os.pread(fd, size, 0)
        records = [old[start : start + 16] for start in range(0, size, 16)]
        data = b"".join([record for record in records if keep(record)] + extra)
        if data:
            with mmap.mmap(fd, len(data)) as memory:
                memory[:] = data
        os.ftruncate(fd, len(data))
    finally:
        os.close(fd)
    return len(data) // 16
