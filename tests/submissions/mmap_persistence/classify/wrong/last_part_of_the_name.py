"""Only the end of the name is compared.

Explanation: other files of the same name
"""

import os


def classify(path):
    found, mine, flags, start = [], False, "", ""
    for line in open("/proc/self/smaps"):
        words = line.split()
        if "-" in words[0] and len(words) >= 5:
            flags, start = words[1], words[2]
            mine = line.rstrip().endswith(os.path.basename(path))
        elif words[0] == "Anonymous:" and mine:
            kind = "shared" if flags[3] == "s" else "copied" if int(words[1]) else "private"
            found.append((int(start, 16), kind))
    return sorted(found)
