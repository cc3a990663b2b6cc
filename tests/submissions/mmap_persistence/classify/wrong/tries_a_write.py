"""It writes into each mapping to see what becomes of the file; a read-only one cannot be written.

Finding: segmentation-fault
"""

import ctypes
import os


def classify(path):
    found = []
    for line in open("/proc/self/maps"):
        span, _, start, _, inode = line.split()[:5]
        if int(inode) == os.stat(path).st_ino:
            low, offset = int(span.split("-")[0], 16), int(start, 16)
            with open(path, "rb") as stream:
                before = os.pread(stream.fileno(), 1, offset)[0]
                cell = ctypes.c_ubyte.from_address(low)
                was = cell.value
                cell.value = (before + 1) % 256
                after = os.pread(stream.fileno(), 1, offset)[0]
                cell.value = was
            kind = "shared" if after != before else "private" if was == before else "copied"
            found.append((offset, kind))
    return sorted(found)
