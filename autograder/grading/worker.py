"""One submission graded apart from the course: what a worker does, in whatever process it runs.

A worker has a gradebook of its own, a copy of the one that the batch was begun with, and leaves
what it made in a staging folder. Nothing of the course changes until the batch takes that over, so
a worker may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache as remembered
from pathlib import Path

from autograder.errors import AutograderError
from autograder.grading import cache, gradebook, grader, judge, transfer
from autograder.grading.course import Course
from autograder.grading.log import LOG, captured, logged_to
from autograder.grading.result import Result
from autograder.grading.transfer import Marks
from autograder.sandbox import kernel

TEMPLATE = "gradebook.db"


@dataclass(frozen=True)
class Task:
    """One submission to grade. `template` is the gradebook that a worker copies for itself.

    With `reuse`, results of checks that are known are believed. `given` are points and comments by
    people, where the template has none of them.
    """

    root: Path
    template: Path
    assignment: str
    student: str
    notebooks: tuple[str, ...]
    reuse: bool = True
    given: Marks | None = None


@dataclass(frozen=True)
class Graded:
    """What came of it: the result, the marks (None: there are none), and where the files are."""

    result: Result
    marks: Marks | None = None
    staging: Path | None = None


def prepare_process(batch: int) -> None:
    """In a worker process: Ctrl-C is the batch's to handle, and its end is ours."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != batch:
        os._exit(1)  # it was killed before that took effect


_one_at_a_time = threading.Lock()


def grade(task: Task) -> Graded:
    """Grade one submission. Never raises but for KeyboardInterrupt.

    One at a time in a process, whatever the number of its threads: nbgrader changes the current
    folder.
    """
    with _one_at_a_time:
        return _grade(task)


def _grade(task: Task) -> Graded:
    own_folder = _own_folder(task.template)
    course = Course(task.root, db_url=f"sqlite:///{own_folder / TEMPLATE}")
    with logged_to(course.state / "grade.log"), _temporary_files_in(own_folder):
        if task.given is not None:
            with captured(), gradebook.opened(course) as own:
                transfer.write_given(own, task.assignment, task.student, task.given)
        result, staging = grader.grade(
            course, task.assignment, task.student, task.notebooks, task.reuse
        )
        if staging is None:
            return Graded(result)
        with gradebook.opened(course) as own:
            return Graded(result, transfer.read(own, task.assignment, task.student), staging)


@remembered
def _own_folder(template: Path) -> Path:
    """This process's folder, with its copy of a template; it goes with the template's folder."""
    judge.dismiss()  # one of an earlier batch has its temporary files where there is nothing now
    folder = Path(tempfile.mkdtemp(prefix="worker-", dir=template.parent))
    shutil.copyfile(template, folder / TEMPLATE)
    return folder


@contextlib.contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Let what a killed worker leaves lie where the next batch removes it."""
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before[0]
        if before[1] is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before[1]


def make_template(course: Course, folder: Path, assignments: set[str]) -> Path:
    """A gradebook in a file for workers to copy: the course's own, or one without submissions."""
    template = folder / TEMPLATE
    with gradebook.opened(course) as own:
        source = own.engine.url.database if own.engine.url.drivername == "sqlite" else None
    if source and source != ":memory:":
        shutil.copyfile(source, template)
        return template
    private = Course(course.root, db_url=f"sqlite:///{template}")
    for assignment in assignments:
        gradebook.enter_assignment(private, assignment)
    return template


def given_by_people(course: Course, assignment: str, student: str) -> Marks | None:
    """Points and comments that the course's gradebook has and a template without submissions
    has not; None where the template is the course's own gradebook."""
    with gradebook.opened(course) as own:
        if own.engine.url.drivername == "sqlite":
            return None
        return transfer.read(own, assignment, student)


def take_over(course: Course, graded: Graded) -> Result:
    """Enter the marks and put the files in place: marks first, so that a batch that is killed in
    between grades the submission again."""
    result = graded.result
    if graded.staging is None:
        return result
    try:
        if graded.marks is not None:
            with captured(), gradebook.opened(course) as own:
                transfer.write_checked(own, result.assignment, result.student, graded.marks)
        _keep_results(course, graded.staging)
        grader.place(course, graded.staging, result.student, result.assignment)
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(graded.staging)
    return result


def _keep_results(course: Course, staging: Path) -> None:
    """Enter the new results of checks into the cache; the marks are right without it."""
    fresh = cache.read_lines(grader.fresh_results(staging))
    try:
        cache.Cache(course.root / cache.FILE).enter(fresh)
    except AutograderError as error:
        LOG.warning("%s", error)
