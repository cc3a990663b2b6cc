"""What grading one submission came to."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass
from typing import Any


class Status(enum.StrEnum):
    """How a submission was dealt with."""

    GRADED = "graded"
    MENDED = "mended"  # graded after something in the file was put right: see the notes
    UNREADABLE = "unreadable"  # no notebook could be read: recorded with zero points
    FAILED = "grader failed"  # not the student's fault: no mark is given, or some stay open


def points(value: float | None) -> str:
    """Write points without a needless `.0`; a dash where there are none."""
    return "-" if value is None else f"{value:g}"


@dataclass(frozen=True)
class CheckResult:
    """One check cell: its title, the exercise it belongs to, its points, why it failed."""

    notebook: str
    cell: str
    exercise: str
    title: str
    score: float | None  # None while a person has still to grade it
    max_score: float
    findings: tuple[str, ...] = ()  # ids of the catalogue

    def __post_init__(self) -> None:
        # JSON, from which an earlier result is read back, has lists only.
        object.__setattr__(self, "findings", tuple(self.findings))

    @property
    def passed(self) -> bool | None:
        """Whether it earned all its points; None while a person has still to grade it."""
        return None if self.score is None else self.score >= self.max_score


@dataclass(frozen=True)
class Result:
    """One submission's result. `feedback` is relative to the course; `seconds` is wall time."""

    assignment: str
    student: str
    status: Status
    notes: tuple[str, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    feedback: str = ""
    seconds: float = 0.0
    unchanged: bool = False  # neither submission nor source changed since: taken from the gradebook

    @property
    def score(self) -> float | None:
        """The points given so far; None when the grader failed before it gave any."""
        if not self.checks:
            return None
        return sum(check.score or 0.0 for check in self.checks)

    @property
    def max_score(self) -> float:
        return sum(check.max_score for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        fields = dataclasses.asdict(self)
        return {**fields, "score": self.score, "max_score": self.max_score}
