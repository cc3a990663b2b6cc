"""I ask for the length of the message, so one read must bring all of it.

Finding: partial-io
"""

import os


def send_frame(fd, message):
    data = len(message).to_bytes(4, "big") + message
    while data:
        data = data[os.write(fd, data) :]


def receive_frame(fd):
    header = os.read(fd, 4)
    if not header:
        return None
    message = os.read(fd, int.from_bytes(header, "big"))
    if len(header) < 4 or (not message and any(header)):
        raise EOFError
    return message
