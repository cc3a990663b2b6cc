"""First the length, then the message: nobody will come between them.

Finding: torn-record
"""

import os


def send_frame(fd, message):
    write_all(fd, len(message).to_bytes(4, "big"))
    write_all(fd, message)


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    header = read_all(fd, 4)
    if not header:
        return None
    message = read_all(fd, int.from_bytes(header, "big"))
    if len(header) < 4 or len(message) < int.from_bytes(header, "big"):
        raise EOFError
    return message


def read_all(fd, size):
    data = b""
    while len(data) < size and (piece := os.read(fd, size - len(data))):
        data += piece
    return data
