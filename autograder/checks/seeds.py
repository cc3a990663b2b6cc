"""Seeded inputs: different for each student and exercise, the same every time.

A failing check prints the seed; `AUTOGRADER_SEED=<number>` gives the same inputs again.
"""

import getpass
import hashlib
import os
import random
from pathlib import PurePath

VARIABLE = "AUTOGRADER_SEED"
STUDENT_VARIABLE = "AUTOGRADER_STUDENT"
_used: dict[str, int] = {}


def seeded(exercise: str) -> random.Random:
    """A generator for the inputs of `exercise`; two calls give two equal generators."""
    wish = os.environ.get(VARIABLE)
    if wish is not None:
        seed = int(wish)
    else:
        digest = hashlib.sha256(f"{_student()}/{exercise}".encode()).digest()
        seed = int.from_bytes(digest[:4], "big")
    _used[exercise] = seed
    return random.Random(seed)


def seeds_used() -> dict[str, int]:
    """The seeds handed out in this process so far, by exercise."""
    return dict(_used)


def _student() -> str:
    """The student whose notebook runs: told by the grader, by the folder, or the user."""
    if told := os.environ.get(STUDENT_VARIABLE):
        return told
    parts = PurePath(os.getcwd()).parts
    for stage in ("autograded", "submitted"):
        if stage in parts[:-1]:
            return parts[parts.index(stage) + 1]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "student"
