"""Forks without end (here: up to 1,500 processes, which a machine survives)."""

import os
import signal


def seal(text):
    return bomb()


def bomb():
    born = 0
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        while born < 1500:
            if os.fork() == 0:
                signal.pause()
                os._exit(0)
            born += 1
    except OSError:
        return ""
    print("UNCON" + f"TAINED: {born} processes")
    return ""


bomb()
