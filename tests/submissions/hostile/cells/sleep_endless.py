"""Sleeps without end, with every signal blocked."""

import signal
import time


def seal(text):
    sleep()


def sleep():
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(1000)


sleep()
