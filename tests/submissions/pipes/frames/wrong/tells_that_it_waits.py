"""Nothing there yet? Then I say so and look again.

Finding: output-flood
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
        piece = os.read(fd, size - len(data))
        if not piece:
            print(f"{len(data)} of {size} bytes are there, and I wait for the rest of them")
        data += piece
    return data
