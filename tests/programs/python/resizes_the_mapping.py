"""Grows the file and the mapping together."""

import mmap

with open("grows", "w+b") as f:
    f.write(b"first")
    f.flush()
    with mmap.mmap(f.fileno(), 0) as view:
        view.resize(3 * mmap.PAGESIZE)
        view[2 * mmap.PAGESIZE] = 33
        print(view.size(), view[2 * mmap.PAGESIZE])
