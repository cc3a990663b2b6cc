"""Which marks nbgrader may not give by itself.

A nbgrader plug-in in place of SaveAutoGrades. A failure of the grader's own never costs a student
a point. And nbgrader gives full marks for a check that ends on a negative number or `nan`, and
fails the submission for one above the cell's points. Such a mark stays open, for a person to give.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import SaveAutoGrades

from autograder.grading.outcomes import open_reason


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
