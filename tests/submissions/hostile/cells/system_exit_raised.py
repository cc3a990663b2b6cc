"""Raises SystemExit, in the cell and in the function."""

import sys


def seal(text):
    sys.exit(0)


sys.exit(0)
