"""A buffer made before the fork, into which each process reads for itself."""

import os

buffer = bytearray(500_000)
pids = []
for letter in b"AB":
    pid = os.fork()
    if pid == 0:
        buffer[:] = bytes([letter]) * len(buffer)
        os._exit(buffer.count(letter) != len(buffer))
    pids.append(pid)
codes = [os.waitpid(pid, 0)[1] for pid in pids]
buffer[0] = 65
print(codes, buffer[0])
