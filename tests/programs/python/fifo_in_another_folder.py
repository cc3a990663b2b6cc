"""A FIFO in the folder for temporary files, open for a while, and left there."""

import os
import tempfile
import time

path = os.path.join(tempfile.mkdtemp(), "control")
os.mkfifo(path)
fd = os.open(path, os.O_RDWR)
os.write(fd, b"x")
time.sleep(0.7)
print(os.read(fd, 1).decode())
