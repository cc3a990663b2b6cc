"""A child reads its own table, which is the parent's, and sends the answer through a pipe."""

import json
import os
import re


def classify(path):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps(rows_of(os.stat(path).st_ino)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as stream:
        rows = json.load(stream)
    os.waitpid(pid, 0)
    return [(offset, kind) for offset, kind in sorted(rows)]


def rows_of(inode):
    with open("/proc/self/smaps") as stream:
        text = stream.read()
    rows = []
    for head, flag, offset in re.findall(
        rf"^(\S+ ...([ps]) (\S+) \S+ {inode} .*)$", text, re.MULTILINE
    ):
        kilobytes = int(re.search(r"Anonymous: +(\d+)", text[text.index(head) :])[1])
        kind = "shared" if flag == "s" else "copied" if kilobytes else "private"
        rows.append((int(offset, 16), kind))
    return rows
