"""A student's side of an assignment: take a copy, hand it in.

`release/` stays as it is. The copy in `work/` is the student's: nothing here overwrites a file
in it. A submission that is there already is kept beside the new one, under the time it was made.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from autograder.errors import UsageError
from autograder.grading.course import Course
from autograder.grading.intake import is_ignored, read_notebook

TIMESTAMP = "timestamp.txt"
# nbgrader reads this format back; the last word is the time zone.
TIMESTAMP_FORMAT = "%Y-%m-%d %H:%M:%S.%f %Z"


def start(assignment: str, *, course: Course | None = None) -> Path:
    """Put a copy of `release/<assignment>` into `work/<assignment>` and return that folder.

    Files that are there already are left alone, so calling it again is harmless; a file that
    was added to the release since then is added to the copy. Raises UsageError for an unknown
    assignment.
    """
    course = course or Course.find()
    release = course.release(assignment)
    _check_known(course, assignment, release)
    work = course.work(assignment)
    for source in sorted(release.rglob("*")):
        target = work / source.relative_to(release)
        if source.is_dir() or is_ignored(source.name) or target.exists() or target.is_symlink():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    return work


def submit(assignment: str, *, course: Course | None = None, student: str | None = None) -> Path:
    """Hand in `work/<assignment>` and return where it went.

    Where an nbgrader exchange is configured it goes there, through nbgrader's own submit; else
    into `submitted/<student>/<assignment>` of this course, with the time in `timestamp.txt`. An
    earlier submission is kept, under `.earlier/` of the student's folder. Raises UsageError when
    there is nothing to hand in, or when a notebook of the assignment is missing or cannot be read.
    """
    course = course or Course.find()
    release = course.release(assignment)
    _check_known(course, assignment, release)
    work = course.work(assignment)
    if not work.is_dir():
        raise UsageError(
            f"Nothing to hand in: {work} is not there. Begin with: autograder start {assignment}"
        )
    for released in sorted(release.glob("*.ipynb")):
        intake = read_notebook(work / released.name)
        if intake.fault:
            raise UsageError(f"Not handed in: {work / released.name} {intake.fault}.")
    from autograder.grading import exchange  # nbgrader takes half a second to import

    if exchange.is_configured(course):
        return exchange.submit(course, assignment)
    return _copy_to_submitted(course, assignment, student or getpass.getuser())


def _check_known(course: Course, assignment: str, release: Path) -> None:
    if re.fullmatch(r"[\w.-]+", assignment) and release.is_dir():
        return
    known = ", ".join(course.assignments("release")) or "none yet"
    raise UsageError(
        f"There is no assignment {assignment!r} in {course.root / 'release'} (there: {known})."
    )


def _copy_to_submitted(course: Course, assignment: str, student: str) -> Path:
    target = course.submitted(student, assignment)
    target.parent.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    # Made complete beside its place first: whoever grades meanwhile sees one or the other, whole.
    staged = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        _copy_regular_files(course.work(assignment), staged)
        (staged / TIMESTAMP).write_text(now.strftime(TIMESTAMP_FORMAT) + "\n", encoding="ascii")
        staged.chmod(0o755)
        if target.exists():
            earlier = target.parent / ".earlier"
            earlier.mkdir(exist_ok=True)
            target.rename(_free_name(earlier / f"{assignment}-{_time_of(target)}"))
        staged.rename(target)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return target


def _copy_regular_files(source: Path, target: Path) -> None:
    """Copy plain files only: a FIFO left by an exercise would block whoever opens it."""
    for folder, folders, files in os.walk(source):
        folders[:] = [name for name in folders if not is_ignored(name)]
        inside = target / Path(folder).relative_to(source)
        inside.mkdir(exist_ok=True)
        for name in files:
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink() and not is_ignored(name):
                shutil.copy(path, inside / name)


def _time_of(submission: Path) -> str:
    try:
        text = (submission / TIMESTAMP).read_text(encoding="ascii")
    except (OSError, UnicodeError):
        text = str(datetime.fromtimestamp(submission.stat().st_mtime, UTC))
    return re.sub(r"\W+", "-", text.split(".")[0]).strip("-")


def _free_name(wanted: Path) -> Path:
    name, count = wanted, 1
    while name.exists():
        count += 1
        name = wanted.with_name(f"{wanted.name}-{count}")
    return name
