"""No writer of its own: after each end of file a second reader takes over, so no letter is lost.

A reader that was opened after the last writer left sleeps in poll until the next one comes.
"""

import os
import select


def mailbox(path, count):
    os.mkfifo(path)
    box = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    text = b""
    while text.count(b"\n") < count:
        poll = select.poll()
        poll.register(box, select.POLLIN)
        poll.poll()
        data = os.read(box, 4096)
        text += data
        if not data:
            fresh = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            os.close(box)
            box = fresh
    os.close(box)
    os.unlink(path)
    return text.split(b"\n")[:count]
