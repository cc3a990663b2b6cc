"""Replaces its own interpreter by another program."""

import os


def seal(text):
    os.execvp("true", ["true"])


os.execvp("sleep", ["sleep", "1000"])
