"""`panel("ping_pong")`: what the last cell of an exercise does, and does not do.

In a notebook in which somebody works, the panel of the exercise. Where a notebook is only executed
and saved, one line on the last result. Where it is graded, in a kernel or in an interpreter of the
grader's, nothing: a panel takes no time there and leaves no output.
"""

import os
import sys
from pathlib import Path
from typing import Any

NBGRADER = "NBGRADER_EXECUTION"  # nbgrader's word to the kernels that it starts


def panel(exercise: str) -> None:
    """Show the panel of an exercise of this notebook: its checks, hints, and what they say."""
    shell = _shell()
    if shell is None:
        return
    # A notebook's page can be asked for input; a program that executes notebooks cannot. nbgrader
    # may forget to take its word back, so that word alone would not do.
    somebody = bool(shell.kernel._allow_stdin)
    if not somebody and NBGRADER in os.environ:
        return
    from autograder.labs import panel_view

    panel_view.show(shell, exercise, Path.cwd(), live=somebody)


def _shell() -> Any:
    """The shell of a kernel that executes this; None where there is none."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    return shell if hasattr(shell, "kernel") else None
