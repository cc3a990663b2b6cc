"""A regular expression searches the mapping itself; fsync of the file instead of msync."""

import mmap
import os
import re


def edit_bytes(path, old, new):
    fd = os.open(path, os.O_RDWR)
    try:
        if not os.fstat(fd).st_size:
            return 0
        with mmap.mmap(fd, 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE) as memory:
            places = [match.start() for match in re.finditer(re.escape(old), memory)]
            for place in places:
                memory.seek(place)
                memory.write(new)
        os.fsync(fd)
    finally:
        os.close(fd)
    return len(places)
