"""What a student may see of a graded notebook.

A nbgrader plug-in for feedback. A check with a hidden part keeps its title, its outcome and the
ids of its findings; its text and everything it printed (an input, an expected value, a picture)
would tell the next student what to write, and are left out.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.execution import ENDED_EARLY, NOT_GRADED
from autograder.grading.outcomes import open_reason
from autograder.notebook import cells


def outcome(cell: Any) -> str:
    """Return one line: whether the check passed, failed, or was never carried out."""
    failed = cells.failure(cell)
    if failed is None:
        return "passed"
    if open_reason(cell):
        return "not graded yet: the grader itself failed"
    name, text = failed
    # These two are about the submission, not about the check, and help to mend it.
    if name == NOT_GRADED or name in ENDED_EARLY:
        return f"not graded: {text}"
    return " ".join(["failed", *(f"[{each}]" for each in cells.findings(cell))])


class HideChecks(NbGraderPreprocessor):  # type: ignore[misc]
    """nbgrader preprocessor: title and outcome in place of a hidden check."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cells.is_hidden(cell):
            line = f"Hidden check: {cells.title(cell)}: {outcome(cell)}"
            cell.source = f"# {line}"
            cell.outputs = []
        return cell, resources
