"""The label goes into a free slot and then page 0 is switched to it, but the only flush comes at
the end: the page with the mark may reach the disk before the label does.

Explanation: after a power cut before line
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
            memory[:16] = struct.pack("<QQ", number + 1, len(label))
            memory.flush()
    return number + 1, before
