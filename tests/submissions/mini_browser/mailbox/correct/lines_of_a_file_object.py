"""A buffered file object finds the lines; a second descriptor keeps the FIFO open."""

import os


def mailbox(path, count):
    os.mkfifo(path)
    box = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb")
    keeper = os.open(path, os.O_WRONLY)
    os.set_blocking(box.fileno(), True)
    with box:
        letters = [box.readline().rstrip(b"\n") for _ in range(count)]
    os.close(keeper)
    os.unlink(path)
    return letters
