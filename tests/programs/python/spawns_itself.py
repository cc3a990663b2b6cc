"""The guard __name__ == "__main__" is missing, written by hand: each child starts the program."""

import os
import sys
import time

for _ in range(3):
    if os.fork() == 0:
        os.execv(sys.executable, [sys.executable, "-S", "-I", *sys.argv])
time.sleep(5)
