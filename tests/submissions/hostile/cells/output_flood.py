"""Prints without end (here: 300 million characters), with and without line ends."""

import os
import sys


def seal(text):
    for _ in range(300):
        os.write(1, b"x" * 1_000_000)
        os.write(2, b"y\n" * 500_000)
    return ""


for _ in range(300):
    sys.stdout.write("x" * 1_000_000)
    sys.stdout.flush()
