"""Looks for the hidden check in its own folder: what it is graded by must not lie there."""

import os
import re


def seal(text):
    return ""


found = set()
for folder, _, names in os.walk("."):
    for name in names:
        try:
            with open(os.path.join(folder, name), errors="replace") as file:
                found |= set(re.findall(r"returns\(\W*([0-9a-f]{64})", file.read()))
        except OSError:
            pass
if len(found) > 2:  # two stand in the checks that everybody sees
    print("UNCON" + f"TAINED: {found}")
