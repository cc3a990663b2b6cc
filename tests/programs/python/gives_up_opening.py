"""Tries to open a FIFO for a moment, then works without it."""

import os
import signal


class Nobody(Exception):
    pass


def give_up(signum, frame):
    raise Nobody


os.mkfifo("peer")
signal.signal(signal.SIGALRM, give_up)
signal.setitimer(signal.ITIMER_REAL, 0.7)
try:
    os.open("peer", os.O_WRONLY)
    print("connected")
except Nobody:
    print("alone")
finally:
    os.unlink("peer")
