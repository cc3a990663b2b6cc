"""The students' package: the course without solutions, hidden checks and anybody's work.

Only what is named here goes in, so that a new folder of the instructor's stays out until somebody
decides otherwise. `source/`, `tests/` (with its answers), gradebooks and submissions are not named.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.grading.course import CONFIG_NAME, Course
from autograder.grading.intake import is_ignored
from autograder.grading.lint import Problem, notebook_problems, notebooks

FOLDERS = ("notebooks", "release", "autograder", "docs")
FILES = (
    "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "environment.yml", "pyproject.toml",
    "constraints.txt", CONFIG_NAME,
)  # fmt: skip
TOP = "ipc-course"
# nbgrader's markers stand around what students are not given; release/ has none of them left.
_SECRET = re.compile(r"### (BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


@dataclass(frozen=True)
class Packed:
    """What was made: the file, how many files are in it, its size in bytes."""

    path: Path
    files: int
    size: int


def pack(course: Course, target: Path) -> Packed:
    """Write the students' package of `course` as a zip file.

    Raises UsageError, and writes nothing, where a part is missing, a notebook is not as git
    should have it, or something in it is not for students.
    """
    missing = [name for name in (*FOLDERS, *FILES) if not (course.root / name).exists()]
    if missing:
        raise UsageError(
            f"{course.root} has no {', '.join(missing)}: this is not the whole course."
        )
    paths = sorted(_paths(course))
    if problems := [str(each) for path in paths for each in _problems(path)]:
        raise UsageError(f"{problems[0]} ({len(problems)} in all): nothing was packed.")
    unfinished = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                name = f"{TOP}/{path.relative_to(course.root)}"
                about = zipfile.ZipInfo(name, _LONG_AGO)
                about.external_attr = (path.stat().st_mode & 0o755) << 16
                about.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(about, path.read_bytes())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return Packed(target, len(paths), target.stat().st_size)


def _paths(course: Course) -> Iterator[Path]:
    for name in FILES:
        yield course.root / name
    for name in FOLDERS:
        for path in (course.root / name).rglob("*"):
            inside = path.relative_to(course.root).parts
            if path.is_file() and not path.is_symlink() and not any(map(is_ignored, inside)):
                yield path


def _problems(path: Path) -> list[Problem]:
    """What must not be handed out: outputs of somebody's run, solutions, hidden checks."""
    if path not in notebooks(path.parent):
        return []
    found = notebook_problems(path)
    if marker := _SECRET.search(path.read_text(encoding="utf-8")):
        found.append(Problem(path, "", f"still has {marker[0]}: run autograder release"))
    return found
