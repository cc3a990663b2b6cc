"""The same, as the documentation of the signal module advises."""

import os
import sys

try:
    for number in range(200_000):
        print(number)
    sys.stdout.flush()
except BrokenPipeError:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(1)
