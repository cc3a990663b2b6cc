"""The slot is marked as good after the flush.

Finding: never-synced
"""

import mmap
import os
import struct


def count(path, label):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
        stream.truncate(20480)
        with mmap.mmap(stream.fileno(), 20480) as memory:
            number, length = struct.unpack_from("<QQ", memory)
            start = 4096 + number % 2 * 8192
            before = memory[start : start + length]
            start = 4096 + (number + 1) % 2 * 8192
            memory[start : start + len(label)] = label
            memory.flush()
            memory[:16] = struct.pack("<QQ", number + 1, len(label))
    return number + 1, before
