"""ACCESS_COPY on a file opened for reading: tries out a change without touching the file."""

import mmap

with open("data", "wb") as f:
    f.write(b"original")
with open("data", "rb") as f, mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_COPY) as trial:
    trial[:4] = b"ABCD"
    print(bytes(trial).decode(), open("data").read())
