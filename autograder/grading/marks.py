"""Which marks nbgrader may not give by itself.

A nbgrader plug-in in place of SaveAutoGrades. A failure of the grader's own never costs a student
a point. And nbgrader gives full marks for a check that ends on a negative number or `nan`, and
fails the submission for one above the cell's points. Such a mark stays open, for a person to give.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

from nbgrader.preprocessors import SaveAutoGrades

from autograder import errors
from autograder.grading import cells

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


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader preprocessor: writes the gradebook; what is no fault of the student stays open."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        reason = open_reason(cell)
        if not reason:
            super()._add_score(cell, resources)
            return
        name = cell.metadata["nbgrader"]["grade_id"]
        self.log.error("%s: the mark of %s stays open: %s", self.student_id, name, reason)
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = None
        grade.needs_manual_grade = True
        self.gradebook.db.commit()
