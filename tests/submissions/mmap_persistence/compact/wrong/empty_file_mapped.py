"""Everything is right but for the file that is, or becomes, empty.

Explanation: cannot mmap an empty file
"""

import mmap
import os


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        with mmap.mmap(fd, 0) as memory:
            records = [memory[start : start + 16] for start in range(0, len(memory), 16)]
        chosen = [record for record in records if keep(record)] + extra
        os.ftruncate(fd, 16 * len(chosen))
        with mmap.mmap(fd, 0) as memory:
            memory[:] = b"".join(chosen)
    finally:
        os.close(fd)
    return len(chosen)
