"""The same with a pause: many reads that return nothing, and hardly any CPU time."""

import os
import time

fd = os.open("app.log", os.O_RDWR | os.O_CREAT, 0o600)
if os.fork() == 0:
    for number in range(3):
        time.sleep(0.2)
        with open("app.log", "a") as log:
            log.write(f"line {number}\n")
    os._exit(0)
lines = 0
while lines < 3:
    chunk = os.read(fd, 4096)
    lines += chunk.count(b"\n")
    time.sleep(0.02)
os.wait()
print("three lines are there")
