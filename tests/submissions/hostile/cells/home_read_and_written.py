"""Reads and changes what is in the TA's home."""

import contextlib
import pathlib


def seal(text):
    return ""


for folder in {pathlib.Path("@HOME@"), pathlib.Path.home()}:
    with contextlib.suppress(OSError):
        print((folder / "keep.txt").read_text())
    with contextlib.suppress(OSError):
        (folder / "keep.txt").write_text("changed")
