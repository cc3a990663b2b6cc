"""A class: every submission of an assignment, several at a time; one process writes the gradebook.

What was graded before and has not changed since (the files of the submission, the source of the
assignment, this version) is not graded again: its points are read from the gradebook, where a TA
may have changed them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import __version__
from autograder.errors import AutograderError, UsageError
from autograder.grading import gradebook, judge, pool, worker
from autograder.grading.course import Course, subfolders
from autograder.grading.log import logged_to
from autograder.grading.result import CheckResult, Result, Status
from autograder.grading.worker import Task

RECORD_VERSION = 1  # a record of another version is not believed
_LEAST_ROOM = 1 << 18  # bytes: less than a submission needs


@dataclass(frozen=True)
class Submission:
    """One student's folder for one assignment."""

    assignment: str
    student: str


def find(course: Course, assignments: list[str], student: str | None) -> list[Submission]:
    """Return the submissions to grade. Raises UsageError when what was named is not there."""
    handed_in = {
        folder.name
        for student in subfolders(course.root / "submitted")
        for folder in student.iterdir()
    }
    wanted = assignments or [name for name in course.assignments() if name in handed_in]
    for name in wanted:
        if name not in course.assignments():
            known = ", ".join(course.assignments()) or "none"
            raise UsageError(f"There is no assignment {name!r} in source/ (there: {known}).")
    found = [
        Submission(assignment, name)
        for assignment in wanted
        for name in course.submissions(assignment)
        if student in (None, name)
    ]
    if not found:
        whose = f" of {student}" if student else ""
        what = f" for {', '.join(wanted)}" if wanted else ""
        raise UsageError(f"{course.root / 'submitted'} has no submission{whose}{what}.")
    return found


def run(
    course: Course,
    submissions: list[Submission],
    *,
    force: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[Result]:
    """Grade the submissions and give each result as soon as it is there.

    `jobs` processes grade at once, or whatever workers the `executor` has. Raises UsageError when
    another grading of this course is going on, or when the source of an assignment cannot be
    released.
    """
    with _storage(course), _alone(course), logged_to(course.state / "grade.log"):
        for kind in ("staging-*", "batch-*"):
            for left in course.state.glob(kind):  # by a grading that was killed
                shutil.rmtree(left)
        names = {each.assignment for each in submissions}
        notebooks = {name: gradebook.enter_assignment(course, name) for name in names}
        with (
            tempfile.TemporaryDirectory(prefix="batch-", dir=course.state) as folder,
            contextlib.ExitStack() as at_the_end,
        ):
            at_the_end.callback(judge.dismiss)  # its temporary files lie in that folder
            points = {name: gradebook.points_by_student(course, name) for name in names}
            waiting: list[tuple[Task, str]] = []
            for each in submissions:
                digest = _digest(course, each)
                given = points[each.assignment].get(each.student, {})
                result = None if force else _recorded(course, each, digest, given)
                if result is not None:
                    yield result
                else:
                    task = Task(
                        course.root,
                        Path(folder) / worker.TEMPLATE,
                        each.assignment,
                        each.student,
                        notebooks[each.assignment],
                        not force,
                        worker.given_by_people(course, each.assignment, each.student),
                    )
                    waiting.append((task, digest))
            if waiting:
                worker.make_template(course, Path(folder), names)
            tasks = [task for task, _ in waiting]
            for index, graded in pool.carry_out(tasks, jobs, executor):
                result = worker.take_over(course, graded)
                if result.status is Status.FAILED:
                    _try_to_write(course)  # what keeps one from being graded keeps all
                _record(course, result, waiting[index][1])
                yield result


@contextlib.contextmanager
def _storage(course: Course) -> Iterator[None]:
    """Say in one line what is wrong with the disk; nothing that was graded before is lost."""
    try:
        course.state.mkdir(exist_ok=True)
        _try_to_write(course)
        yield
    except OSError as error:
        where = error.filename or course.root
        raise AutograderError(
            f"{where}: {error.strerror or error}. Mend that, then give the same command again: it "
            "goes on from there."
        ) from error


def _try_to_write(course: Course) -> None:
    """Raises OSError where the disk is full or the folder is read-only."""
    for folder in (course.state, course.root):
        probe = folder / f".room-{os.getpid()}"
        try:
            probe.write_bytes(bytes(_LEAST_ROOM))
        finally:
            probe.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(course: Course) -> Iterator[None]:
    """Hold the course's lock: two gradings of one course at once would mix their results."""
    with (course.state / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"Another grading of {course.root} is going on; try again when it has ended."
            ) from None
        yield


def _digest(course: Course, submission: Submission) -> str:
    """Return a digest of everything that the result depends on."""
    digest = hashlib.sha256(__version__.encode())
    for folder in (
        course.source(submission.assignment),
        course.submitted(submission.student, submission.assignment),
    ):
        for path in sorted([folder, *folder.rglob("*")]):
            status = path.lstat()
            digest.update(
                f"{path.relative_to(folder)}\0{status.st_mode:o}\0".encode(
                    "utf-8", "surrogateescape"
                )
            )
            if path.is_file() and not path.is_symlink():
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _record_path(course: Course, submission: Submission | Result) -> Path:
    return course.state / "results" / submission.assignment / f"{submission.student}.json"


def _record(course: Course, result: Result, digest: str) -> None:
    path = _record_path(course, result)
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"version": RECORD_VERSION, "digest": digest, "result": result.as_json()}
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    fresh.replace(path)


def _recorded(
    course: Course, submission: Submission, digest: str, points: gradebook.Points
) -> Result | None:
    """Return an earlier run's result with the gradebook's points of today; None if out of date."""
    try:
        record = json.loads(_record_path(course, submission).read_text(encoding="utf-8"))
        if record["version"] != RECORD_VERSION or record["digest"] != digest:
            return None
        old = record["result"]
        if not (course.root / old["feedback"] / ".").exists() or old["status"] == Status.FAILED:
            return None
        checks = tuple(
            replace(check, score=points[check.notebook, check.cell])
            for check in (CheckResult(**each) for each in old["checks"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Result(
        assignment=submission.assignment,
        student=submission.student,
        status=Status(old["status"]),
        notes=tuple(old["notes"]),
        checks=checks,
        feedback=old["feedback"],
        unchanged=True,
    )
