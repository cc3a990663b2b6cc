"""Copies lines until the end of standard input."""

import sys

for line in sys.stdin:
    print(line.strip().upper(), flush=True)
print("end")
