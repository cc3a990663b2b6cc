"""Opens the descriptors of every other process that it can see."""

import contextlib
import os


def seal(text):
    return ""


for pid in filter(str.isdecimal, os.listdir("/proc")):
    if int(pid) == os.getpid():
        continue
    with contextlib.suppress(OSError):
        for fd in os.listdir(f"/proc/{pid}/fd"):
            target = os.readlink(f"/proc/{pid}/fd/{fd}")
            if "gradebook.db" in target or "@COURSE@" in target:
                print("UNCON" + f"TAINED: {pid} has {target}")
