"""Each page is searched alone, so that a match across an edge is not seen.

Explanation: with a match at offset 4091
"""

import mmap


def edit_bytes(path, old, new):
    count = 0
    with open(path, "r+b") as stream:
        size = stream.seek(0, 2)
        for offset in range(0, size, mmap.PAGESIZE):
            length = min(mmap.PAGESIZE, size - offset)
            with mmap.mmap(stream.fileno(), length, offset=offset) as page:
                count += page[:].count(old)
                page[:] = page[:].replace(old, new)
                page.flush()
    return count
