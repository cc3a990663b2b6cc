"""Leaves POSIX segments and semaphores, a message queue and files for the next student."""

import contextlib
import ctypes
import os
import tempfile

libc = ctypes.CDLL(None, use_errno=True)


def seal(text):
    leave()
    return ""


def leave():
    for folder in ("/dev/shm", "/tmp", "/var/tmp", tempfile.gettempdir()):
        with contextlib.suppress(OSError), open(f"{folder}/left-by-hostile", "w") as file:
            file.write("left")
    libc.sem_open(b"/left-by-hostile", os.O_CREAT, 0o666, 1)
    libc.mq_open(b"/left-by-hostile", os.O_CREAT | os.O_RDWR, 0o666, None)


leave()
