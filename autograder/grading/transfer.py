"""The marks of one submission as plain data, on their way from one gradebook to another.

Workers grade into gradebooks of their own; one process writes the course's, a commit for each
submission. What people gave, points and comments, is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment


@dataclass(frozen=True)
class Grade:
    """One graded cell: points by the checks, points by a person; None: none yet."""

    notebook: str
    cell: str
    auto: float | None
    manual: float | None
    needs_manual_grade: bool
    extra_credit: float | None


@dataclass(frozen=True)
class Comment:
    """One cell that may be commented: by nbgrader itself, by a person."""

    notebook: str
    cell: str
    auto: str | None
    manual: str | None


@dataclass(frozen=True)
class Marks:
    """All of a submission. `penalties` by notebook, in points; `timestamp` of handing in."""

    timestamp: datetime | None
    penalties: dict[str, float]
    grades: tuple[Grade, ...]
    comments: tuple[Comment, ...]


def read(gradebook: Gradebook, assignment: str, student: str) -> Marks | None:
    """What a gradebook has of a submission; None where it has none."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
    grades = tuple(
        Grade(
            book.name,
            each.name,
            each.auto_score,
            each.manual_score,
            bool(each.needs_manual_grade),
            each.extra_credit,
        )
        for book in submission.notebooks
        for each in book.grades
    )
    comments = tuple(
        Comment(book.name, each.name, each.auto_comment, each.manual_comment)
        for book in submission.notebooks
        for each in book.comments
    )
    penalties = {book.name: book.late_submission_penalty or 0.0 for book in submission.notebooks}
    return Marks(submission.timestamp, penalties, grades, comments)


def write_given(gradebook: Gradebook, assignment: str, student: str, marks: Marks) -> None:
    """Enter what people gave, for a grader that starts from an empty gradebook."""
    _enter(gradebook, assignment, student, marks.timestamp)
    for grade in marks.grades:
        row = gradebook.find_grade(grade.cell, grade.notebook, assignment, student)
        row.manual_score, row.extra_credit = grade.manual, grade.extra_credit
    for comment in marks.comments:
        row = gradebook.find_comment(comment.cell, comment.notebook, assignment, student)
        row.manual_comment = comment.manual
    gradebook.db.commit()


def write_checked(gradebook: Gradebook, assignment: str, student: str, marks: Marks) -> None:
    """Enter what the checks gave, in one commit; what people gave stays."""
    submission = _enter(gradebook, assignment, student, marks.timestamp)
    for grade in marks.grades:
        row = gradebook.find_grade(grade.cell, grade.notebook, assignment, student)
        row.auto_score = grade.auto
        row.needs_manual_grade = row.manual_score is not None or grade.needs_manual_grade
    for comment in marks.comments:
        row = gradebook.find_comment(comment.cell, comment.notebook, assignment, student)
        row.auto_comment = comment.auto
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = marks.penalties.get(notebook.name, 0.0)
    gradebook.db.commit()


def _enter(
    gradebook: Gradebook, assignment: str, student: str, timestamp: datetime | None
) -> SubmittedAssignment:
    try:
        gradebook.find_student(student)
    except MissingEntry:
        gradebook.add_student(student)
    given = {"timestamp": timestamp} if timestamp is not None else {}
    return gradebook.update_or_create_submission(assignment, student, **given)
