"""An autograder for programs of processes, which can say *why* one goes wrong.

    from autograder import run
    run("echo_upper", b"hi").returns(b"HI").reaps_children().leaves_nothing()

Layers, imports downward only:

    5  cli                 arguments and exit codes
    4  grading, labs       nbgrader; widgets of the lessons
    3  notebook, draw      IPython displays and magics; pictures
    2  checks              the record of a run, the checks, the findings
    1  sandbox             worlds: where student code runs
    0  observe             what the kernel says
"""

import sys

from autograder.checks import CheckFailed, Finding, Run, hint, run, sandbox, seeded, student
from autograder.errors import AutograderError
from autograder.sandbox.limits import Limits
from autograder.sandbox.witnesses import snapshot

__version__ = "0.1.0"
__all__ = [
    "AutograderError",
    "CheckFailed",
    "Finding",
    "Limits",
    "Run",
    "hint",
    "run",
    "sandbox",
    "seeded",
    "snapshot",
    "student",
]

if "IPython" in sys.modules:  # in a notebook: register displays and magics
    from autograder.notebook import activate

    activate()
