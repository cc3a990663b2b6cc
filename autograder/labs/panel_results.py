"""The last result of an exercise, in a small file beside its notebook.

It survives the kernel. It is the student's own note: a submission does not have it, and grading
never reads it. Text that is read from it is data; it never becomes HTML.
"""

import contextlib
import datetime
import json
import os
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.notebook.check_run import CheckResult, Outcome

FOLDER = ".progress"
_SCHEMA = 1
_MOST_BYTES = 1 << 20
_MOST_TEXT = 4000


@dataclass(frozen=True)
class Progress:
    """One exercise: results by check, when they came, hints seen, different attempts made."""

    results: dict[str, CheckResult] = field(default_factory=dict)
    when: str = ""
    hints: int = 0
    attempts: tuple[str, ...] = ()

    def with_results(self, results: dict[str, CheckResult]) -> "Progress":
        """The same with the results of a run that ends now."""
        now = datetime.datetime.now().astimezone()
        return replace(self, results=results, when=now.isoformat(timespec="minutes"))


def path_of(folder: Path, exercise: str) -> Path:
    """Where the result of an exercise in `folder` is kept."""
    return folder / FOLDER / f"{exercise}.json"


def load(folder: Path, exercise: str) -> tuple[Progress, str]:
    """What is kept, and a complaint if there is something that cannot be read."""
    path = path_of(folder, exercise)
    try:
        with path.open("rb") as stream:
            return _parsed(json.loads(stream.read(_MOST_BYTES))), ""
    except FileNotFoundError:
        return Progress(), ""
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Progress(), f"The last result in {FOLDER}/{path.name} cannot be read."


def save(folder: Path, exercise: str, progress: Progress) -> None:
    """Keep a result, whole or not at all. A file that cannot be read is set aside first.

    Raises OSError.
    """
    path = path_of(folder, exercise)
    path.parent.mkdir(exist_ok=True)
    if load(folder, exercise)[1]:
        path.rename(_unused(path))
    handle, name = tempfile.mkstemp(prefix=f".{exercise}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(_plain(progress), stream, indent=1)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _unused(path: Path) -> Path:
    number = 1
    while (free := path.with_suffix(f".unreadable-{number}")).exists():
        number += 1
    return free


def _plain(progress: Progress) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "when": progress.when,
        "hints": progress.hints,
        "attempts": list(progress.attempts),
        "results": {
            name: {
                "outcome": str(result.outcome),
                "points": result.points,
                "why": result.why[:_MOST_TEXT],
            }
            for name, result in progress.results.items()
        },
    }


def _parsed(data: dict[str, Any]) -> Progress:
    """Raises one of the errors that `load` expects when this is not what `_plain` makes."""
    if data["schema"] != _SCHEMA:
        raise ValueError("another schema")
    results = {
        str(name): CheckResult(
            Outcome(about["outcome"]), float(about["points"]), str(about["why"])[:_MOST_TEXT]
        )
        for name, about in data["results"].items()
    }
    if data["when"]:
        datetime.datetime.fromisoformat(data["when"])
    return Progress(results, data["when"], int(data["hints"]), tuple(map(str, data["attempts"])))
