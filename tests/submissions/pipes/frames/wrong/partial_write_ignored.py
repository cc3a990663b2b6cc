"""os.write writes what I give it.

Finding: partial-io
"""

import os


def send_frame(fd, message):
    os.write(fd, len(message).to_bytes(4, "big") + message)


def receive_frame(fd):
    header = read_all(fd, 4)
    if header is None:
        return None
    message = read_all(fd, int.from_bytes(header, "big"))
    if message is None:
        raise EOFError
    return message


def read_all(fd, size):
    data = b""
    while len(data) < size:
        piece = os.read(fd, size - len(data))
        if not piece:
            if data:
                raise EOFError
            return None
        data += piece
    return data
