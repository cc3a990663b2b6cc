"""Ends its process with exit code 0 instead of returning."""

import os


def seal(text):
    os._exit(0)
