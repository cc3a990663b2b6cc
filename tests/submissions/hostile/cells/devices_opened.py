"""Opens the machine's own disks and memory (it reads and writes nothing)."""

import contextlib
import glob
import os


def seal(text):
    return ""


for path in (*glob.glob("/dev/[svn][dv]*"), "/dev/mem", "/dev/kmsg", "/dev/port"):
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        print("UNCON" + f"TAINED: {path}")
