"""I repeat the read until all the bytes are there.

Finding: busy-wait
"""

import os


def send_frame(fd, message):
    data = len(message).to_bytes(4, "big") + message
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    header = read_all(fd, 4)
    return read_all(fd, int.from_bytes(header, "big"))


def read_all(fd, size):
    data = b""
    while len(data) < size:
        data += os.read(fd, size - len(data))
    return data
