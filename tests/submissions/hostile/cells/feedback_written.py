"""Writes feedback of its own, for itself and for the others."""

import contextlib
import glob
import os


def seal(text):
    return ""


for path in (*glob.glob("@COURSE@/feedback/*/t/t.html"), "@COURSE@/feedback/@NEXT@/t/t.html"):
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write("planted feedback")
with contextlib.suppress(OSError), open("t.html", "w") as file:
    file.write("planted feedback")
