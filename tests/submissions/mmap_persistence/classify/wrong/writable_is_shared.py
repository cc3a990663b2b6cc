"""The letter w is taken for the s.

Explanation: permission to write is not the kind
"""

import os


def classify(path):
    found, mine, flags, start = [], False, "", ""
    for line in open("/proc/self/smaps"):
        words = line.split()
        if "-" in words[0] and len(words) >= 5:
            _, flags, start, _, inode = words[:5]
            mine = int(inode) == os.stat(path).st_ino
        elif words[0] == "Anonymous:" and mine:
            kind = "copied" if int(words[1]) else "shared" if "w" in flags else "private"
            found.append((int(start, 16), kind))
    return sorted(found)
