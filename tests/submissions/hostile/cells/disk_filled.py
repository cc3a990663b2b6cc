"""Fills the disk (here: up to 600 million bytes) wherever it may write."""

import contextlib
import os
import tempfile


def seal(text):
    return ""


for folder in (".", "@COURSE@", "@HOME@", tempfile.gettempdir(), "/dev/shm", "/var/tmp"):
    written = 0
    for number in range(20):
        with (
            contextlib.suppress(OSError),
            open(os.path.join(folder, f"full-{number}"), "wb") as file,
        ):
            for _ in range(30):
                file.write(b"x" * 1_000_000)
                written += 1
    if written > 500:
        print("UNCON" + f"TAINED: {written} million bytes in {folder}")
