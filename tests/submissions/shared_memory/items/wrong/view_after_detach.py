"""No copies: I cut the items out of a memoryview.

Finding: segmentation-fault
"""

import struct

import sysv_ipc


def append(identifier, item):
    segment = sysv_ipc.attach(identifier)
    try:
        free = struct.unpack("=Q", segment.read(8, 8))[0]
        if free + 16 + len(item) > segment.size:
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
    view = memoryview(segment)
    found, seen = [], set()
    offset = struct.unpack_from("=Q", view, 0)[0]
    while offset:
        if offset in seen or not 16 <= offset <= segment.size - 16:
            segment.detach()
            raise ValueError(offset)
        seen.add(offset)
        following, length = struct.unpack_from("=QQ", view, offset)
        if length > segment.size - 16 - offset:
            segment.detach()
            raise ValueError(length)
        found.append(view[offset + 16 : offset + 16 + length])
        offset = following
    segment.detach()
    return [bytes(item) for item in found]
