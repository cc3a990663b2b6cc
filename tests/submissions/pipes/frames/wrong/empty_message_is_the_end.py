"""Nothing came, so the stream is over.

Explanation: None
"""

import os


def send_frame(fd, message):
    data = len(message).to_bytes(4, "big") + message
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    header = read_all(fd, 4)
    if not header:
        return None
    message = read_all(fd, int.from_bytes(header, "big"))
    return message or None


def read_all(fd, size):
    data = b""
    while len(data) < size:
        piece = os.read(fd, size - len(data))
        if not piece:
            if data or size != 4:
                raise EOFError
            return b""
        data += piece
    return data
