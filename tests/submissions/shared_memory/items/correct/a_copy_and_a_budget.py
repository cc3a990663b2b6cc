"""Copy the whole segment once; a list of more nodes than there is room for has a circle."""

import struct

import sysv_ipc


def append(identifier, item):
    segment = sysv_ipc.attach(identifier)
    with memoryview(segment) as view:
        free = struct.unpack_from("=Q", view, 8)[0]
        fits = free + 16 + len(item) <= len(view)
        if fits:
            place = [0, *offsets(bytes(view))][-1]
            view[free : free + 16 + len(item)] = struct.pack("=QQ", 0, len(item)) + item
            struct.pack_into("=Q", view, 8, free + 16 + len(item))
            struct.pack_into("=Q", view, place, free)
    segment.detach()
    return fits


def items(identifier):
    segment = sysv_ipc.attach(identifier)
    copy = bytes(segment.read())
    segment.detach()
    try:
        return [item(copy, offset) for offset in offsets(copy)]
    except struct.error as error:
        raise ValueError("outside of the segment") from error


def offsets(copy):
    found = []
    (offset,) = struct.unpack_from("=Q", copy)
    while offset:
        if offset < 16 or len(found) > len(copy) // 16:
            raise ValueError(offset)
        found.append(offset)
        (offset,) = struct.unpack_from("=Q", copy, offset)
    return found


def item(copy, offset):
    (length,) = struct.unpack_from("=Q", copy, offset + 8)
    if length > len(copy) - offset - 16:
        raise ValueError(length)
    return copy[offset + 16 : offset + 16 + length]
