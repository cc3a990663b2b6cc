"""The file is read and written as a whole; no mapping at all.

Explanation: it was never mapped so
"""

import os


def edit_bytes(path, old, new):
    with open(path, "r+b") as stream:
        data = stream.read()
        stream.seek(0)
        stream.write(data.replace(old, new))
        stream.flush()
        os.fsync(stream.fileno())
    return data.count(old)
