"""Records are moved while `keep` is still being asked: an exception leaves half of the work.

Explanation: the file is as it was before the exception
"""

import mmap
import os


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        size, end = os.fstat(fd).st_size, 0
        if size:
            with mmap.mmap(fd, size) as memory:
                for start in range(0, size, 16):
                    record = memory[start : start + 16]
                    if keep(record):
                        memory[end : end + 16] = record
                        end += 16
        data = b"".join(extra)
        os.ftruncate(fd, end + len(data))
        if end + len(data):
            with mmap.mmap(fd, 0) as memory:
                memory[end:] = data
    finally:
        os.close(fd)
    return (end + len(data)) // 16
