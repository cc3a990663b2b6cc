"""`release/` made from `source/`: the only way it changes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from autograder.grading import gradebook
from autograder.grading.course import Course


def release(course: Course, assignment: str) -> dict[Path, str]:
    """Bring `release/<assignment>` up to date; say of each of its files what became of it.

    The same source gives the same bytes, so that a second call answers "unchanged" for all.
    Raises UsageError when nbgrader refuses the source.
    """
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        gradebook.generate(course, assignment, Path(folder), database=False)
        return _mirror(Path(folder) / assignment, course.release(assignment))


def _mirror(made: Path, place: Path) -> dict[Path, str]:
    done: dict[Path, str] = {}
    wanted = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    for path in sorted(place.rglob("*")):
        if path.is_file() and path.relative_to(place) not in wanted:
            path.unlink()
            done[path] = "removed"
    for name in sorted(wanted):
        target, content = place / name, (made / name).read_bytes()
        if target.is_file() and target.read_bytes() == content:
            done[target] = "unchanged"
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        done[target] = "written"
    return done
