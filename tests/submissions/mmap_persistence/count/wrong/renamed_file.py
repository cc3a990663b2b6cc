"""Safe, but by another way: a new file is written and renamed. The mapping is missing.

Explanation: it was never mapped so
"""

import os


def count(path, label):
    try:
        with open(path, "rb") as stream:
            number, _, before = stream.read().strip(b"\0").partition(b" ")
    except FileNotFoundError:
        number, before = b"", b""
    with open(path + ".new", "wb") as stream:
        stream.write(b"%d " % (int(number or 0) + 1) + label)
        stream.flush()
        os.fsync(stream.fileno())
    os.rename(path + ".new", path)
    return int(number or 0) + 1, before
