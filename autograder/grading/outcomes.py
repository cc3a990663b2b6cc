"""What the outputs of a check cell are worth, by nbgrader's rule and beyond it."""

from __future__ import annotations

import math
import textwrap
from typing import Any

from autograder import errors
from autograder.notebook import cells

_OWN_FAILURES = frozenset(
    name
    for name, each in vars(errors).items()
    if isinstance(each, type) and issubclass(each, errors.AutograderError)
)


def is_own_failure(cell: Any) -> bool:
    """Whether a check cell ended with a failure of the grader's own, or of the check itself."""
    name, text = cells.failure(cell) or ("", "")
    not_installed = name in ("ImportError", "ModuleNotFoundError") and "'autograder" in text
    return name in _OWN_FAILURES or not_installed


def open_reason(cell: Any) -> str:
    """Return why the mark of a check cell must stay open; an empty text when it need not."""
    name, text = cells.failure(cell) or ("", "")
    if is_own_failure(cell):
        return textwrap.shorten(f"{name}: {text}", 160, placeholder=" …")
    if name:
        return ""
    points = cells.grading(cell).get("points", 0)
    for output in cell.get("outputs", []):
        if output["output_type"] == "execute_result":
            value = _number(output["data"].get("text/plain", ""))
            if value is not None and not 0 <= value <= points:
                return (
                    f"the check ended on {value}, which is no number of points from 0 to {points:g}"
                )
    return ""


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return -1.0 if math.isnan(value) else value


def score(cell: Any) -> float:
    """The points of a check cell that has run; `nbgrader.utils.determine_grade` says the same.

    Told here as well because importing nbgrader takes longer than checking a notebook.
    """
    points = float(cells.grading(cell).get("points", 0))
    if cells.failure(cell):
        return 0.0
    for output in cell.get("outputs", []):
        if output["output_type"] == "execute_result":
            value = _number(output["data"].get("text/plain", ""))
            return points if value is None or not 0 <= value <= points else value
    return points
