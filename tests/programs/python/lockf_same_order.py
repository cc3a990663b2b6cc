"""Three processes want the same two records, always the lower one first."""

import fcntl
import os
import time

fd = os.open("records", os.O_RDWR | os.O_CREAT, 0o600)
os.write(fd, b"..")
for number in range(3):
    if os.fork() == 0:
        fcntl.lockf(fd, fcntl.LOCK_EX, 1, 0)
        time.sleep(0.15)
        fcntl.lockf(fd, fcntl.LOCK_EX, 1, 1)
        time.sleep(0.1)
        os._exit(0)
print(sum(os.wait()[1] for _ in range(3)))
