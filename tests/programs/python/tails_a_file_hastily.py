"""Reads a log as it grows, without a pause at the end of the file."""

import os

fd = os.open("app.log", os.O_RDWR | os.O_CREAT, 0o600)
lines = 0
while lines < 3:
    chunk = os.read(fd, 4096)
    lines += chunk.count(b"\n")
print("three lines are there")
