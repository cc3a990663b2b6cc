"""Everything arrives, but the FIFO stays where it was made.

Finding: fifo-left-behind
"""

import os


def mailbox(path, count):
    os.mkfifo(path)
    box = os.open(path, os.O_RDWR)
    letters, rest = [], b""
    while len(letters) < count:
        *whole, rest = (rest + os.read(box, 65536)).split(b"\n")
        letters += whole
    os.close(box)
    return letters[:count]
