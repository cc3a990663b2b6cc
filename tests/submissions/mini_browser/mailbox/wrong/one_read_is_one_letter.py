"""Two letters that come in one write are taken for one.

Explanation: b'a\\nbb'
"""

import os


def mailbox(path, count):
    os.mkfifo(path)
    box = os.open(path, os.O_RDWR)
    letters = [os.read(box, 501).rstrip(b"\n") for _ in range(count)]
    os.close(box)
    os.unlink(path)
    return letters
