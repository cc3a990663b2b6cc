"""Flushes first, and prints the same text in two processes on purpose."""

import os
import sys

print("workers:", flush=True)
pid = os.fork()
print("ready")
sys.stdout.flush()
if pid == 0:
    os._exit(0)
os.wait()
print("ready")
