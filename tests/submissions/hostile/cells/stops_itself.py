"""Sends SIGSTOP to its own interpreter: the class must go on all the same."""

import os
import signal


def seal(text):
    return ""


os.kill(os.getpid(), signal.SIGSTOP)
