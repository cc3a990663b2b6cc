"""SIGBUS comes from files that are too short, so mine is long enough for ever.

Finding: file-size-limit
"""

import mmap
import os

PLENTY = 1 << 30


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        size = os.fstat(fd).st_size
        with open(path, "rb") as stream:
            records = [stream.read(16) for _ in range(size // 16)]
        chosen = [record for record in records if keep(record)] + extra
        os.ftruncate(fd, PLENTY)
        with mmap.mmap(fd, PLENTY) as memory:
            memory[: 16 * len(chosen)] = b"".join(chosen)
        os.ftruncate(fd, 16 * len(chosen))
    finally:
        os.close(fd)
    return len(chosen)
