"""Kills its process group, in the cell and in the function."""

import os
import signal


def seal(text):
    os.kill(0, signal.SIGKILL)


os.kill(0, signal.SIGKILL)
