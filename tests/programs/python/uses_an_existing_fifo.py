"""The FIFO was made by somebody else, who will also remove it."""

import os
import time

fd = os.open("control", os.O_RDWR)
os.write(fd, b"status?")
time.sleep(0.6)
print(os.read(fd, 100).decode())
