"""The same with a whole page for each child and a sum at the end."""

import mmap
import os
import struct

PAGE = mmap.PAGESIZE
area = mmap.mmap(-1, 4 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
pids = []
for n in range(4):
    pid = os.fork()
    if not pid:
        struct.pack_into("=q", area, n * PAGE, sum(range(n * 1000)))
        os._exit(0)
    pids.append(pid)
for pid in pids:
    os.waitpid(pid, 0)
total = sum(struct.unpack_from("=q", area, n * PAGE)[0] for n in range(4))
print("total", total)
