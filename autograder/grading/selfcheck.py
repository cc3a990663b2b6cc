"""One notebook, checked on its own: for self-study, and for platforms other than nbgrader.

A fresh kernel executes the notebook from top to bottom, then each check cell's outcome is told. A
released notebook has only the titles of its hidden checks: those count neither way.
"""

from __future__ import annotations

import enum
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import UsageError
from autograder.grading.execution import execute
from autograder.grading.intake import read_notebook
from autograder.grading.outcomes import open_reason, score
from autograder.notebook import cells
from autograder.notebook.exercises import is_empty

SCHEMA = 1


class Outcome(enum.StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    HIDDEN = "hidden"  # its text is not in this notebook: it runs when the notebook is graded
    OPEN = "grader failed"


@dataclass(frozen=True)
class Check:
    """One check cell. `why` is its failure: what was expected, what happened, what to do."""

    cell: str
    exercise: str
    title: str
    outcome: Outcome
    score: float
    max_score: float
    why: str = ""


@dataclass(frozen=True)
class Report:
    """All checks of a notebook; `seconds` is the wall time of the execution."""

    notebook: str
    checks: tuple[Check, ...]
    notes: tuple[str, ...]
    seconds: float

    def count(self, outcome: Outcome) -> int:
        return sum(check.outcome is outcome for check in self.checks)

    @property
    def score(self) -> float:
        return sum(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        """The points that could be earned here: those of hidden checks are left out."""
        return sum(check.max_score for check in self.checks if check.outcome is not Outcome.HIDDEN)

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "notebook": self.notebook,
            "score": self.score,
            "max_score": self.max_score,
            "seconds": self.seconds,
            "notes": list(self.notes),
            "checks": [vars(check) for check in self.checks],
        }

    def as_gradescope(self) -> dict[str, Any]:
        """Return what Gradescope reads from `results.json`."""
        tests = [
            {
                "name": f"{check.exercise}: {check.title}" if check.exercise else check.title,
                "score": check.score,
                "max_score": check.max_score,
                "status": "passed" if check.outcome is Outcome.PASSED else "failed",
                "output": check.why,
            }
            for check in self.checks
            if check.outcome is not Outcome.HIDDEN
        ]
        return {"tests": tests, "execution_time": self.seconds, "output": "\n".join(self.notes)}


def check(path: Path) -> Report:
    """Execute the notebook at `path` and report on its checks.

    Raises UsageError when it cannot be read or has no checks.
    """
    intake = read_notebook(path)
    if intake.fault:
        raise UsageError(f"{path} {intake.fault}.")
    notebook = intake.notebook
    if not any(cells.is_check(cell) for cell in notebook.cells):
        raise UsageError(f"{path} has no check cells.")
    begin = time.monotonic()
    execute(notebook, path.resolve().parent)
    return Report(
        notebook=str(path),
        checks=tuple(
            _check(notebook.cells, index)
            for index, cell in enumerate(notebook.cells)
            if cells.is_check(cell)
        ),
        notes=intake.notes,
        seconds=round(time.monotonic() - begin, 2),
    )


def _check(notebook_cells: list[Any], index: int) -> Check:
    cell = notebook_cells[index]
    points = float(cells.grading(cell).get("points", 0))
    name, text = cells.failure(cell) or ("", "")
    given = 0.0
    if is_empty(cell.source):
        outcome = Outcome.HIDDEN
    elif reason := open_reason(cell):
        outcome, text = Outcome.OPEN, reason
    else:
        given = score(cell)
        outcome = Outcome.PASSED if given == points and not name else Outcome.FAILED
    return Check(
        cell=str(cells.grading(cell).get("grade_id", cell.id)),
        exercise=cells.section(notebook_cells, index),
        title=cells.title(cell),
        outcome=outcome,
        score=given,
        max_score=points,
        why=text if name in ("", "CheckFailed") or outcome is Outcome.OPEN else f"{name}: {text}",
    )
