"""Handing in through nbgrader's exchange, where one is configured."""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange import ExchangeError, ExchangeFactory

from autograder.errors import UsageError
from autograder.grading.course import Course
from autograder.grading.nbgrader_app import configured_app


def is_configured(course: Course) -> bool:
    """Tell whether nbgrader's configuration names an exchange folder, and it is there."""
    root = configured_app(course).config.Exchange.get("root")
    return bool(root) and Path(str(root)).is_dir()


def submit(course: Course, assignment: str) -> Path:
    """Hand `work/<assignment>` in with nbgrader's own submit; return the folder it made.

    Raises UsageError with nbgrader's words when it refuses.
    """
    app = configured_app(course, assignment_id=assignment)
    app.config.Exchange.assignment_dir = str(course.work("").resolve())
    handed_in = ExchangeFactory(parent=app).Submit(
        coursedir=app.coursedir, authenticator=app.authenticator, parent=app
    )
    try:
        handed_in.start()
    except ExchangeError as error:
        raise UsageError(f"nbgrader did not take the submission: {error}") from error
    return Path(str(handed_in.inbound_path), str(handed_in.assignment_filename))
