"""The first sender closes the FIFO, and this mailbox goes home.

Explanation: returned [b'one']
"""

import os


def mailbox(path, count):
    os.mkfifo(path)
    text = b""
    with open(path, "rb") as box:
        while data := box.read1(65536):
            text += data
    os.unlink(path)
    return text.splitlines()[:count]
