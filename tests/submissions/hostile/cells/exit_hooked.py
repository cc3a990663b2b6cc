"""Leaves functions that act when an interpreter ends."""

import atexit
import os
import threading


def seal(text):
    return ""


def act():
    os.system("touch '@HOME@/planted-at-exit'")
    os._exit(0)


atexit.register(act)
threading._register_atexit(act)
