"""Prints its own and its parents' command lines, environments and folders."""

import contextlib
import os


def seal(text):
    return ""


# %% after seal-hidden
for pid in filter(str.isdecimal, os.listdir("/proc")):
    for name in ("cmdline", "comm"):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/{name}", "rb") as file:
            print(file.read())
for folder, _, files in os.walk("."):
    for name in files:
        with contextlib.suppress(OSError), open(os.path.join(folder, name)) as file:
            print(file.read())
