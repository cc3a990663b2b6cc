"""Two slots and checksums, but nothing is written back.

Finding: never-synced
"""

import mmap
import os
import struct
import zlib


def count(path, label):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as stream:
        stream.truncate(16384)
        with mmap.mmap(stream.fileno(), 16384) as memory:
            number, before = max(good(memory, 0), good(memory, 8192))
            start = (number + 1) % 2 * 8192
            body = struct.pack("<QI", number + 1, len(label)) + label
            memory[start : start + 4 + len(body)] = struct.pack("<I", zlib.crc32(body)) + body
    return number + 1, before


def good(memory, start):
    checksum, number, length = struct.unpack_from("<IQI", memory, start)
    body = memory[start + 4 : start + 16 + min(length, 6000)]
    return (number, body[12:]) if number and zlib.crc32(body) == checksum else (0, b"")
