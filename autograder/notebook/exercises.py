"""The exercises of a notebook, as it is saved: their check cells, visible and hidden.

Cells belong to an exercise by their grade id: `ping-pong-check-tidy` to `ping_pong`.
"""

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.notebook import cells

_SOLUTION = "-solution"


@dataclass(frozen=True, slots=True)
class CheckCell:
    """One visible check: its grade id, its title, its text and what it is worth."""

    name: str
    title: str
    source: str
    points: float


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: its visible checks, the titles of its hidden ones, the text of the answer."""

    name: str
    notebook: Path
    checks: tuple[CheckCell, ...]
    hidden: tuple[str, ...]
    answer: str

    @property
    def points(self) -> float:
        """What the visible checks are worth together."""
        return sum(check.points for check in self.checks)


def read_cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook, each with its text in one piece. Raises OSError or ValueError."""
    try:
        found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in found]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"{notebook.name} is not a notebook") from error


def read_exercises(notebook: Path) -> tuple[Exercise, ...]:
    """The exercises of a saved notebook, in their order. Raises OSError or ValueError."""
    found = read_cells(notebook)
    answers = {
        name.removesuffix(_SOLUTION): cell["source"]
        for cell in found
        if (name := _grade_id(cell)).endswith(_SOLUTION)
    }
    return tuple(_exercise(notebook, found, name, text) for name, text in answers.items())


def find_exercise(name: str, folder: Path, likely: str = "") -> Exercise | None:
    """The exercise `name` of a notebook in `folder`; that which is called `likely` comes first."""
    paths = sorted(folder.glob("*.ipynb"), key=lambda path: path.name != Path(likely).name)
    for path in paths:
        try:
            found = read_exercises(path)
        except (OSError, ValueError):
            continue
        for exercise in found:
            if exercise.name == name:
                return exercise
    return None


def _exercise(notebook: Path, found: list[dict[str, Any]], prefix: str, text: str) -> Exercise:
    checks = [
        cell for cell in found if cells.is_check(cell) and _grade_id(cell).startswith(f"{prefix}-")
    ]
    return Exercise(
        name=prefix.replace("-", "_"),
        notebook=notebook,
        checks=tuple(
            CheckCell(
                _grade_id(cell),
                cells.title(cell),
                cell["source"],
                float(cells.grading(cell).get("points", 0)),
            )
            for cell in checks
            if not _is_hidden(cell)
        ),
        hidden=tuple(cells.title(cell) for cell in checks if _is_hidden(cell)),
        answer=text,
    )


def _is_hidden(cell: dict[str, Any]) -> bool:
    return cells.is_hidden(cell) or is_empty(cell["source"])


def is_empty(source: str) -> bool:
    """Tell whether a check has no statement left: nbgrader took the hidden part out."""
    try:
        return not ast.parse(source).body
    except SyntaxError:
        return False


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cells.grading(cell).get("grade_id", ""))
