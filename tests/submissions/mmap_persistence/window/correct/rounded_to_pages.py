"""Granularity from mmap, length rounded up by hand, cast away and back."""

import mmap
import os


def window(path, offset, n):
    fd = os.open(path, os.O_RDWR)
    try:
        size = os.fstat(fd).st_size
        end = min(offset + n, size)
        if end <= offset:
            return memoryview(bytearray())
        start = offset // mmap.ALLOCATIONGRANULARITY * mmap.ALLOCATIONGRANULARITY
        pages = mmap.mmap(fd, end - start, flags=mmap.MAP_SHARED, offset=start)
    finally:
        os.close(fd)
    return memoryview(pages).cast("c").cast("B")[offset - start : end - start]
