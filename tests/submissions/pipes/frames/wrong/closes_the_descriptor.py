"""I wrap the descriptor in a file object, because a file object always reads everything.

Finding: bad-descriptor
"""

import os


def send_frame(fd, message):
    data = len(message).to_bytes(4, "big") + message
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    with open(fd, "rb", buffering=0) as stream:
        header = stream.read(4)
        if not header:
            return None
        return stream.read(int.from_bytes(header, "big"))
