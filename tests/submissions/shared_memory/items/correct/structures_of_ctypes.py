"""A node is a structure of C, laid over the memory at its address here."""

import ctypes

import sysv_ipc


class Head(ctypes.Structure):
    _fields_ = [("first", ctypes.c_uint64), ("free", ctypes.c_uint64)]


class Node(ctypes.Structure):
    _fields_ = [("next", ctypes.c_uint64), ("length", ctypes.c_uint64)]


def append(identifier, item):
    segment = sysv_ipc.attach(identifier)
    try:
        base = segment.address
        head = Head.from_address(base)
        start = head.free
        if segment.size - start < 16 + len(item):
            return False
        node = Node.from_address(base + start)
        node.next, node.length = 0, len(item)
        ctypes.memmove(base + start + 16, item, len(item))
        if head.first == 0:
            head.first = start
        else:
            last = Node.from_address(base + head.first)
            while last.next:
                last = Node.from_address(base + last.next)
            last.next = start
        head.free = start + 16 + len(item)
        return True
    finally:
        segment.detach()


def items(identifier):
    segment = sysv_ipc.attach(identifier)
    try:
        base, size, found = segment.address, segment.size, {}
        at = Head.from_address(base).first
        while at:
            if at in found or at < 16 or at + 16 > size:
                raise ValueError(f"no node at {at}")
            node = Node.from_address(base + at)
            if at + 16 + node.length > size:
                raise ValueError(f"too long: {node.length}")
            found[at] = ctypes.string_at(base + at + 16, node.length)
            at = node.next
        return list(found.values())
    finally:
        segment.detach()
