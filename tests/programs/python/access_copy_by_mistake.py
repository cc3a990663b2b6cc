"""Wants to change the file in place, but asks for a private copy and even flushes it."""

import mmap

with open("settings", "w+b") as f:
    f.write(b"colour = red\n")
    f.flush()
    with mmap.mmap(f.fileno(), 0, flags=mmap.MAP_PRIVATE) as view:
        view[9:12] = b"tan"
        view.flush()
    f.seek(0)
    print(f.read().decode(), end="")
