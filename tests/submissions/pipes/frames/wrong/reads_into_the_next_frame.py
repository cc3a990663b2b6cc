"""I read as much as there is and keep what belongs to the message.

Explanation: one
"""

import os


def send_frame(fd, message):
    data = len(message).to_bytes(4, "big") + message
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    data = b""
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "big"):
        piece = os.read(fd, 65536)
        if not piece and not data:
            return None
        if not piece:
            raise EOFError
        data += piece
    return data[4 : 4 + int.from_bytes(data[:4], "big")]
