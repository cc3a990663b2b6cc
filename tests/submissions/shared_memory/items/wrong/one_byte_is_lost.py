"""The end must be smaller than the size.

Explanation: fits, one byte too long, fits exactly
"""

import struct

import sysv_ipc


def append(identifier, item):
    segment = sysv_ipc.attach(identifier)
    try:
        free = struct.unpack("=Q", segment.read(8, 8))[0]
        if free + 16 + len(item) >= segment.size:
            return False
        link = 0
        while following := struct.unpack("=Q", segment.read(8, link))[0]:
            link = following
        segment.write(struct.pack("=QQ", 0, len(item)) + item, free)
        segment.write(struct.pack("=Q", free + 16 + len(item)), 8)
        segment.write(struct.pack("=Q", free), link)
        return True
    finally:
        segment.detach()


def items(identifier):
    segment = sysv_ipc.attach(identifier)
    try:
        found, seen = [], set()
        offset = struct.unpack("=Q", segment.read(8, 0))[0]
        while offset:
            if offset in seen or not 16 <= offset <= segment.size - 16:
                raise ValueError(offset)
            seen.add(offset)
            following, length = struct.unpack("=QQ", segment.read(16, offset))
            if length > segment.size - 16 - offset:
                raise ValueError(length)
            found.append(segment.read(length, offset + 16) if length else b"")
            offset = following
        return found
    finally:
        segment.detach()
