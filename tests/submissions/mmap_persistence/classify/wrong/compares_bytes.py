"""A mapping whose bytes differ from the file's is taken for a copy.

Explanation: another process writes to the file before and after
"""

import ctypes
import os


def classify(path):
    found = []
    content = open(path, "rb").read()
    for line in open("/proc/self/maps"):
        span, flags, start, _, inode = line.split()[:5]
        if int(inode) != os.stat(path).st_ino:
            continue
        low, high = (int(number, 16) for number in span.split("-"))
        offset = int(start, 16)
        same = ctypes.string_at(low, high - low) == content[offset : offset + high - low]
        found.append((offset, "shared" if "s" in flags else "private" if same else "copied"))
    return sorted(found)
