"""Where the folders of a course are.

The layout is nbgrader's, `{step}/{student}/{assignment}`: `source/pipes`, `release/pipes`,
`submitted/alice/pipes`. A student's own copies are in `work/pipes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

CONFIG_NAME = "nbgrader_config.py"


@dataclass(frozen=True)
class Course:
    """A course on disk, known by its root: the folder that has `nbgrader_config.py`."""

    root: Path
    db_url: str | None = None  # a gradebook other than the configured one

    @classmethod
    def find(cls, start: Path | None = None) -> Course:
        """Return the course that `start` (default: the current folder) lies in.

        Raises UsageError where neither the folder nor one above it is the root of a course.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIG_NAME).is_file():
                return cls(folder)
        raise UsageError(f"{here} is not in a course: no folder from there up has {CONFIG_NAME}.")

    @property
    def state(self) -> Path:
        """Where the grader keeps what only it reads: records of results, its log, its lock."""
        return self.root / ".autograder"

    @property
    def reports(self) -> Path:
        """Where class reports go: they name students, and stay with the TAs."""
        return self.root / "reports"

    def source(self, assignment: str) -> Path:
        return self.root / "source" / assignment

    def release(self, assignment: str) -> Path:
        return self.root / "release" / assignment

    def work(self, assignment: str) -> Path:
        return self.root / "work" / assignment

    def submitted(self, student: str, assignment: str) -> Path:
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        return self.root / "autograded" / student / assignment

    def feedback(self, student: str, assignment: str) -> Path:
        return self.root / "feedback" / student / assignment

    def assignments(self, step: str = "source") -> tuple[str, ...]:
        """Return the names of the assignments in `source/` or `release/`, sorted."""
        return tuple(folder.name for folder in subfolders(self.root / step))

    def submissions(self, assignment: str) -> tuple[str, ...]:
        """Return the students who have something under `submitted/` for `assignment`, sorted."""
        return tuple(
            folder.name
            for folder in subfolders(self.root / "submitted")
            if (folder / assignment).exists() or (folder / assignment).is_symlink()
        )


def subfolders(folder: Path) -> tuple[Path, ...]:
    """Return the folders in `folder` that are not hidden, sorted by name; none if it is missing."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    )
