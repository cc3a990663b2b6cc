"""Every page that is in memory is taken for a copy: Rss counts the file's own pages too.

Explanation: returned (4, [(0, 'shared'), (12288, 'copied'), (24576, 'copied')])
"""

import os


def classify(path):
    found, mine, flags, start = [], False, "", ""
    for line in open("/proc/self/smaps"):
        words = line.split()
        if "-" in words[0] and len(words) >= 5:
            _, flags, start, _, inode = words[:5]
            mine = int(inode) == os.stat(path).st_ino
        elif words[0] == "Rss:" and mine:
            kind = "shared" if flags[3] == "s" else "copied" if int(words[1]) else "private"
            found.append((int(start, 16), kind))
    return sorted(found)
