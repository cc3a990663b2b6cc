"""To keep the FIFO open it opens it for writing first, and waits there for a reader.

Finding: fifo-open-deadlock
"""

import os


def mailbox(path, count):
    os.mkfifo(path)
    keeper = os.open(path, os.O_WRONLY)
    box = os.open(path, os.O_RDONLY)
    letters, rest = [], b""
    while len(letters) < count:
        *whole, rest = (rest + os.read(box, 65536)).split(b"\n")
        letters += whole
    os.close(keeper)
    os.close(box)
    os.unlink(path)
    return letters[:count]
