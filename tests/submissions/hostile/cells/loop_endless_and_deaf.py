"""Loops without end and ignores every signal that can be ignored."""

import contextlib
import signal


def seal(text):
    loop()


def loop():
    for number in signal.valid_signals():
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)
    while True:
        pass


loop()
