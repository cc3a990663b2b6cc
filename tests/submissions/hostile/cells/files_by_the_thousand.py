"""Makes 20,000 files and a path of 300 folders in its own folder."""

import contextlib
import os


def seal(text):
    return ""


with contextlib.suppress(OSError):
    os.mkdir("many")
    for number in range(20_000):
        os.close(os.open(f"many/{number}", os.O_CREAT | os.O_WRONLY))
with contextlib.suppress(OSError):
    for _ in range(300):
        os.mkdir("deeper-and-deeper")
        os.chdir("deeper-and-deeper")
