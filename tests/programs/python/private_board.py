"""An anonymous mapping for the answers of the children, which never arrive."""

import mmap
import os

board = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
for n in range(3):
    if os.fork() == 0:
        board[n] = 10 + n
        os._exit(0)
for _ in range(3):
    os.wait()
print(list(board[:3]))
