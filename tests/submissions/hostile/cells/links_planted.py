"""Puts symbolic links where the grader writes its results."""

import contextlib
import os
import shutil


def seal(text):
    return ""


for name in ("t.ipynb", "t.html", "feedback", "autograded", "timestamp.txt", "new"):
    with contextlib.suppress(OSError):
        if os.path.lexists(name):
            os.unlink(name)
        os.symlink("@HOME@/keep.txt", name)
for path in ("@COURSE@/feedback/@NEXT@", "@COURSE@/autograded/@NEXT@", "@COURSE@/feedback/b"):
    with contextlib.suppress(OSError):
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.symlink("@HOME@", path)
