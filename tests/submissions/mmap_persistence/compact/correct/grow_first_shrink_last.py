"""Room for everything, old and new, is made first; the file is cut when nothing is mapped."""

import mmap
import os
from itertools import compress


def compact(path, keep, extra):
    fd = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        size = os.fstat(fd).st_size
        starts = range(0, size, 16)
        chosen = list(compress(starts, [keep(os.pread(fd, 16, start)) for start in starts]))
        os.truncate(fd, size + 16 * len(extra) + 1)
        with mmap.mmap(fd, 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE) as memory:
            for target, source in enumerate(chosen):
                memory[16 * target : 16 * target + 16] = memory[source : source + 16]
            end = 16 * len(chosen)
            memory[end : end + 16 * len(extra)] = b"".join(extra)
        os.truncate(fd, end + 16 * len(extra))
    finally:
        os.close(fd)
    return len(chosen) + len(extra)
