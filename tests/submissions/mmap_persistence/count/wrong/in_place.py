"""One copy, written over in place: a kill between the two writes leaves a mixture.

Explanation: after SIGKILL before line
"""

import mmap
import os
import struct


def count(path, label):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
        stream.truncate(8192)
        with mmap.mmap(stream.fileno(), 8192) as memory:
            number, length = struct.unpack_from("<QI", memory)
            before = memory[12 : 12 + length]
            struct.pack_into("<QI", memory, 0, number + 1, len(label))
            memory[12 : 12 + len(label)] = label
            memory.flush()
    return number + 1, before
