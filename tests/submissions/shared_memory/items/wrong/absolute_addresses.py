"""A link is a pointer, and a pointer is an address.

Explanation: is that an address?
"""

import struct

import sysv_ipc


def append(identifier, item):
    segment = sysv_ipc.attach(identifier)
    free = struct.unpack("=Q", segment.read(8, 8))[0]
    if free + 16 + len(item) > segment.size:
        segment.detach()
        return False
    link = 0
    while pointer := struct.unpack("=Q", segment.read(8, link))[0]:
        link = pointer - segment.address
    segment.write(struct.pack("=QQ", 0, len(item)) + item, free)
    segment.write(struct.pack("=Q", free + 16 + len(item)), 8)
    segment.write(struct.pack("=Q", segment.address + free), link)
    segment.detach()
    return True


def items(identifier):
    segment = sysv_ipc.attach(identifier)
    found = []
    pointer = struct.unpack("=Q", segment.read(8, 0))[0]
    while pointer:
        offset = pointer - segment.address
        pointer, length = struct.unpack("=QQ", segment.read(16, offset))
        found.append(segment.read(length, offset + 16) if length else b"")
    segment.detach()
    return found
