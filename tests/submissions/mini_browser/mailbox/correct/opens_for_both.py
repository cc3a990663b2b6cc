"""O_RDWR on a FIFO: POSIX leaves it open, Linux allows it, and there is no end of file."""

import os


def mailbox(path, count):
    os.mkfifo(path)
    box = os.open(path, os.O_RDWR)
    letters, rest = [], b""
    while len(letters) < count:
        *whole, rest = (rest + os.read(box, 65536)).split(b"\n")
        letters += whole
    os.close(box)
    os.unlink(path)
    return letters[:count]
