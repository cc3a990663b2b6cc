"""The length with struct, the bytes straight into one buffer, header and message in one writev."""

import os
import struct

LENGTH = struct.Struct(">I")


def send_frame(fd, message):
    parts = [memoryview(LENGTH.pack(len(message))), memoryview(message)]
    while parts:
        written = os.writev(fd, parts)
        while parts and written >= len(parts[0]):
            written -= len(parts.pop(0))
        if parts:
            parts[0] = parts[0][written:]


def receive_frame(fd):
    header = bytearray(LENGTH.size)
    filled = fill(fd, header)
    if filled == 0:
        return None
    if filled < LENGTH.size:
        raise EOFError("inside the length")
    message = bytearray(LENGTH.unpack(header)[0])
    if fill(fd, message) < len(message):
        raise EOFError("inside the message")
    return bytes(message)


def fill(fd, buffer):
    filled = 0
    while filled < len(buffer):
        count = os.readv(fd, [memoryview(buffer)[filled:]])
        if count == 0:
            break
        filled += count
    return filled
