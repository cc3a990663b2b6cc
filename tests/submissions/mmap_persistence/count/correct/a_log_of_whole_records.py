"""Three places in turn, each with a digest; fdatasync of the file instead of msync."""

import hashlib
import mmap
import os

PLACE = 8192


def count(path, label):
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    if os.fstat(fd).st_size < 3 * PLACE:
        os.ftruncate(fd, 3 * PLACE)
    memory = mmap.mmap(fd, 3 * PLACE, mmap.MAP_SHARED)
    newest = (0, b"")
    for start in range(0, 3 * PLACE, PLACE):
        digest, rest = memory[start : start + 32], memory[start + 32 : start + PLACE]
        if hashlib.sha256(rest).digest() == digest:
            length = int.from_bytes(rest[4:8], "big")
            newest = max(newest, (int.from_bytes(rest[:4], "big"), rest[8 : 8 + length]))
    number = newest[0] + 1
    record = number.to_bytes(4, "big") + len(label).to_bytes(4, "big") + label
    record = record.ljust(PLACE - 32, b"\0")
    memory.seek(number % 3 * PLACE)
    memory.write(hashlib.sha256(record).digest())
    memory.write(record)
    os.fdatasync(fd)
    memory.close()
    os.close(fd)
    return number, newest[1]
