"""MAP_PRIVATE and msync: nothing reaches the file.

Finding: private-mapping
"""

import mmap
import os
import struct


def count(path, label):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
        stream.truncate(8192)
        memory = mmap.mmap(stream.fileno(), 8192, flags=mmap.MAP_PRIVATE)
        number, length = struct.unpack_from("<QI", memory)
        before = memory[12 : 12 + length]
        body = struct.pack("<QI", number + 1, len(label)) + label
        memory[: len(body)] = body
        memory.flush()
        memory.close()
    return number + 1, before
