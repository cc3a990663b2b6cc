"""No checksum: the label is flushed first, then eight bytes are switched, then flushed again.

The mark holds number and length in one store, in a page of its own."""

import mmap
import os
import struct


def count(path, label):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b", 0) as stream:
        stream.truncate(20480)
        os.fsync(stream.fileno())
        with mmap.mmap(stream.fileno(), 20480) as memory:
            mark = int.from_bytes(memory[:8], "little")
            number, length = mark >> 16, mark & 0xFFFF
            start = 4096 + number % 2 * 8192
            before = memory[start : start + length]
            start = 4096 + (number + 1) % 2 * 8192
            memory[start : start + len(label)] = label
            memory.flush(start, 8192)
            memory[:8] = struct.pack("<Q", number + 1 << 16 | len(label))
            memory.flush(0, 4096)
    return number + 1, before
