"""pagemap tells of each page whether it is the file's (bit 61)."""

import os
import struct

PAGE = os.sysconf("SC_PAGE_SIZE")


def classify(path):
    mine = os.path.realpath(path)
    found = []
    with open("/proc/self/maps") as maps, open("/proc/self/pagemap", "rb", 0) as pages:
        for line in maps:
            span, flags, offset, _, _, *name = line.rstrip("\n").split(None, 5)
            if name != [mine]:
                continue
            low, high = (int(number, 16) // PAGE for number in span.split("-"))
            entries = os.pread(pages.fileno(), 8 * (high - low), 8 * low)
            kind = "shared" if flags[-1] == "s" else "private"
            for (entry,) in struct.iter_unpack("Q", entries):
                in_memory, of_a_file = entry >> 63 & 1, entry >> 61 & 1
                if kind == "private" and in_memory and not of_a_file:
                    kind = "copied"
            found.append((int(offset, 16), kind))
    return sorted(found)
