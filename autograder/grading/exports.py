"""Grades for other programs: plug-ins for `nbgrader export`.

    nbgrader export --exporter=autograder.grading.exports.CsvExporter --to grades.csv
    nbgrader export --exporter=autograder.grading.exports.GradescopeExporter --to gradescope

Points come from the gradebook, with whatever a TA has changed there; titles and findings from the
notebooks in `autograded/`, whoever executed them (`autograder grade` or `nbgrader autograde`).
`--assignment` and `--student` choose, as nbgrader's help says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder.grading import spreadsheet
from autograder.grading.course import Course
from autograder.grading.feedback import outcome
from autograder.grading.gradebook import given
from autograder.notebook import cells

_FIELDS = (
    "assignment", "student_id", "last_name", "first_name", "email", "timestamp", "submitted",
    "score", "max_score", "late_submission_penalty", "open", "findings",
)  # fmt: skip


@dataclass(frozen=True)
class Grade:
    """One graded cell: points from the gradebook (None: open), the rest from the notebook."""

    notebook: str
    cell: str
    score: float | None
    max_score: float
    title: str = ""
    why: str = ""  # what the student may read
    findings: tuple[str, ...] = ()


class _Exporter(ExportPlugin):  # type: ignore[misc]
    """What both have in common: who and what is chosen, and what is known of it."""

    def chosen(self, gradebook: Any) -> Iterator[tuple[Any, Any, Any]]:
        """Give assignment, student and submission; None for one that was not handed in."""
        assignments, students = set(map(str, self.assignment)), set(map(str, self.student))
        for assignment in gradebook.assignments:
            for student in sorted(gradebook.students, key=lambda each: str(each.id)):
                if assignments and assignment.name not in assignments:
                    continue
                if students and str(student.id) not in students:
                    continue
                try:
                    submission = gradebook.find_submission(assignment.name, student.id)
                except MissingEntry:
                    submission = None
                yield assignment, student, submission

    def grades(self, submission: Any) -> list[Grade]:
        """Return the graded cells of a submission, in the order of its notebooks."""
        folder = self.autograded(submission)
        return [
            _grade(notebook.name, grade, seen.get(grade.name))
            for notebook in submission.notebooks
            for seen in [_cells(folder / f"{notebook.name}.ipynb")]
            for grade in notebook.grades
        ]

    def autograded(self, submission: Any) -> Path:
        course = Course(Path(str(self.parent.coursedir.root)))
        return course.autograded(submission.student.id, submission.assignment.name)


class CsvExporter(_Exporter):
    """A line for each student and assignment, with a column for each check."""

    def export(self, gradebook: Any) -> None:
        """Write the file that `--to` names, else `grades.csv`."""
        columns: dict[str, None] = {}
        lines = []
        for assignment, student, submission in self.chosen(gradebook):
            grades = self.grades(submission) if submission else []
            line, marks = _line(assignment, student, submission, grades)
            columns |= dict.fromkeys(marks)
            lines.append((line, marks))
        target = Path(self.to or "grades.csv")
        spreadsheet.write(
            target,
            [*_FIELDS, *columns],
            ([*line, *(marks.get(name) for name in columns)] for line, marks in lines),
        )
        self.log.info("Exported %d lines to %s", len(lines), target)


class GradescopeExporter(_Exporter):
    """Gradescope's `results.json` for each submission, as `ASSIGNMENT/STUDENT/results.json`."""

    def export(self, gradebook: Any) -> None:
        """Write into the folder that `--to` names, else `gradescope`."""
        folder = Path(self.to or "gradescope")
        count = 0
        for assignment, student, submission in self.chosen(gradebook):
            if submission is None:
                continue
            target = folder / str(assignment.name) / str(student.id) / "results.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(self._results(submission), indent=1, ensure_ascii=False)
            target.write_text(text + "\n", encoding="utf-8")
            count += 1
        self.log.info("Exported %d submissions to %s", count, folder)

    def _results(self, submission: Any) -> dict[str, Any]:
        grades = self.grades(submission)
        left = [grade.title for grade in grades if grade.score is None]
        penalty = submission.late_submission_penalty or 0.0
        notes = [f"Not graded yet: {', '.join(left)}."] if left else []
        notes += [f"Late: {penalty:g} points are taken off."] if penalty else []
        return {
            "score": _after_penalty(submission),
            "output": "\n".join(notes),
            "tests": [_test(grade) for grade in grades],
        }


def _test(grade: Grade) -> dict[str, Any]:
    passed = grade.score is not None and grade.score >= grade.max_score
    return {
        "name": grade.title,
        "score": grade.score or 0.0,
        "max_score": grade.max_score,
        "status": "passed" if passed else "failed",
        "output": grade.why,
    }


def _line(
    assignment: Any, student: Any, submission: Any, grades: list[Grade]
) -> tuple[list[object], dict[str, float | None]]:
    """Return the values of _FIELDS, and the points by column of check."""
    several = len({grade.notebook for grade in grades}) > 1
    marks = {
        f"{assignment.name}/{grade.notebook}/{grade.cell}"
        if several
        else f"{assignment.name}/{grade.cell}": grade.score
        for grade in grades
    }
    findings = dict.fromkeys(name for grade in grades for name in grade.findings)
    line: list[object] = [
        assignment.name, student.id, student.last_name, student.first_name, student.email,
        str(submission.timestamp or "") if submission else "", "yes" if submission else "no",
        _after_penalty(submission) if submission else 0.0, float(assignment.max_score),
        (submission.late_submission_penalty or 0.0) if submission else 0.0,
        sum(grade.score is None for grade in grades), " ".join(findings),
    ]  # fmt: skip
    return line, marks


def _after_penalty(submission: Any) -> float:
    return max(0.0, float(submission.score) - (submission.late_submission_penalty or 0.0))


def _cells(notebook: Path) -> dict[str, tuple[list[Any], int]]:
    """Return the graded cells of an autograded notebook by grade id: all cells, and its place."""
    try:
        found = nbformat.read(notebook, as_version=4).cells
    except (OSError, ValueError):
        return {}
    named = ((cells.grading(cell).get("grade_id"), index) for index, cell in enumerate(found))
    return {str(name): (found, index) for name, index in named if name}


def _grade(notebook: str, grade: Any, place: tuple[list[Any], int] | None) -> Grade:
    score, most = given(grade), float(grade.max_score)
    if place is None:
        return Grade(notebook, grade.name, score, most, title=grade.name)
    found, index = place
    cell = found[index]
    exercise, title = cells.section(found, index), cells.title(cell)
    return Grade(
        notebook, grade.name, score, most,
        title=f"{exercise}: {title}" if exercise else title,
        why=_why(cell),
        findings=cells.findings(cell),
    )  # fmt: skip


def _why(cell: Any) -> str:
    """Why it failed; of a hidden check, what the feedback says of it too."""
    failed = cells.failure(cell)
    if failed is None:
        return ""
    if cells.is_hidden(cell):
        return outcome(cell)
    name, text = failed
    return text if name in ("", "CheckFailed") else f"{name}: {text}"
