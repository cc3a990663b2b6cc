"""At end of file a read returns at once, so this one asks again, and again.

Finding: busy-wait
"""

import os


def mailbox(path, count):
    os.mkfifo(path)
    box = os.open(path, os.O_RDONLY)
    letters, rest = [], b""
    while len(letters) < count:
        *whole, rest = (rest + os.read(box, 65536)).split(b"\n")
        letters += whole
    os.close(box)
    os.unlink(path)
    return letters[:count]
