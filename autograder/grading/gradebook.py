"""What nbgrader's gradebook says of a submission, and how an assignment gets into it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from autograder.errors import AutograderError, UsageError
from autograder.grading.course import Course
from autograder.grading.log import captured
from autograder.grading.nbgrader_app import configured_app


@dataclass(frozen=True)
class CellScore:
    """Points given for one graded cell; `score` is None while a person has still to grade it."""

    notebook: str
    cell: str
    score: float | None
    max_score: float


@contextlib.contextmanager
def opened(course: Course) -> Iterator[Gradebook]:
    """The course's gradebook. Raises AutograderError where it cannot be read or written."""
    directory = configured_app(course).coursedir
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            yield gradebook
    except (DBAPIError, InvalidEntry) as error:
        where = make_url(directory.db_url).render_as_string(hide_password=True)
        # nbgrader repeats in an InvalidEntry what the database said (nbgrader/api.py).
        said = error.orig if isinstance(error, DBAPIError) else error
        reason = str(said).strip().splitlines()[0]
        raise AutograderError(f"the gradebook {where}: {reason}") from error


def enter_assignment(course: Course, assignment: str) -> tuple[str, ...]:
    """Bring the gradebook up to `source/<assignment>`; return the names of its notebooks.

    The release made on the way is thrown away: `release/` changes only with `autograder release`.
    Raises UsageError where there is no such assignment or its source cannot be released.
    """
    with opened(course) as gradebook:
        gradebook.db.execute(text("UPDATE course SET id = id"))  # fails where it is read-only
        gradebook.db.rollback()
    if course.source(assignment).is_dir():
        with tempfile.TemporaryDirectory(prefix="release-") as thrown_away:
            generate(course, assignment, Path(thrown_away))
    with opened(course) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            known = ", ".join(course.assignments()) or "none"
            raise UsageError(
                f"There is no assignment {assignment!r} in source/ (there: {known})."
            ) from None
        return tuple(notebook.name for notebook in found.notebooks)


def generate(course: Course, assignment: str, release: Path, *, database: bool = True) -> None:
    """Make the students' version of `source/<assignment>` in the folder `release`.

    Raises UsageError with nbgrader's reason when it refuses.
    """
    app = configured_app(course, assignment_id=assignment, release_directory=str(release.resolve()))
    converter = GenerateAssignment(coursedir=app.coursedir, parent=app, force=True)
    converter.no_database = not database
    if not database:
        from nbgrader.preprocessors import SaveCells

        converter.preprocessors = [
            each for each in converter.preprocessors if each is not SaveCells
        ]
    with captured() as said:
        try:
            converter.start()
        except (NbGraderException, SystemExit) as error:
            raise UsageError(
                f"{course.source(assignment)} cannot be released: {said.reason(error)}"
            ) from error


def scores(course: Course, assignment: str, student: str) -> tuple[CellScore, ...]:
    """Return the score of every graded cell of a submission, in the order of the notebooks.

    Raises AutograderError when the gradebook has no such submission.
    """
    with opened(course) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry as error:
            raise AutograderError(
                f"the gradebook has no submission of {student} for {assignment}"
            ) from error
        return tuple(
            CellScore(notebook.name, grade.name, given(grade), grade.max_score)
            for notebook in submission.notebooks
            for grade in notebook.grades
        )


Points: TypeAlias = dict[tuple[str, str], float | None]


def points_by_student(course: Course, assignment: str) -> dict[str, Points]:
    """Return the points of all submissions, by notebook and cell, in one query."""
    columns = (
        SubmittedAssignment.student_id,
        Notebook.name,
        BaseCell.name,
        Grade.auto_score,
        Grade.manual_score,
        Grade.score,
    )
    found: dict[str, Points] = {}
    with opened(course) as gradebook:
        rows = (
            gradebook.db.query(*columns)
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
        )
        for student, notebook, cell, auto, manual, score in rows:
            nobody = auto is None and manual is None
            found.setdefault(student, {})[notebook, cell] = None if nobody else score
    return found


def given(grade: Any) -> float | None:
    """Return the points of a row of the gradebook; None while nobody has given any."""
    nobody = grade.auto_score is None and grade.manual_score is None
    return None if nobody else grade.score
