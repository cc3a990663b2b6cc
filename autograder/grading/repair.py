"""Submitted cells brought back to what the instructor released.

A nbgrader plug-in (see `nbgrader_config.py`) in place of DeduplicateIds and OverwriteCells. The
gradebook knows every graded cell; whatever a submission says of one (its points, its type, its
text, its tags) is replaced. A duplicate keeps its text and loses its grade; a deleted check cell
is put back where it was. What was mended is noted in the notebook's metadata, for the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbformat import v4
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

SCHEMA_VERSION = 3


@dataclass(frozen=True)
class ReleasedCell:
    """What the gradebook knows of one cell: all of its nbgrader metadata, and its text."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def metadata(self) -> dict[str, Any]:
        graded = self.points is not None and not self.task
        fields = {
            "grade": graded,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
        }
        return fields if self.points is None else {**fields, "points": self.points}


def released_cells(notebook: Any) -> dict[str, ReleasedCell]:
    """Return the graded, solution and locked cells of a gradebook's notebook, in their order."""
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    return {
        cell.name: ReleasedCell(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source,
            checksum=cell.checksum,
            locked=cell.locked,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=points.get(cell.name),
        )
        for cell in notebook.source_cells
    }


def restore(cells: list[Any], released: dict[str, ReleasedCell]) -> tuple[list[Any], list[str]]:
    """Return the cells with every released one as released, and a note for each that was mended."""
    notes: list[str] = []
    kept: dict[str, Any] = {}
    for cell in reversed(cells):  # the last of several is the one that a kernel remembers
        known = released.get(_grade_id(cell))
        if known is None or known.name in kept:
            if known is not None:
                notes.append(f"the cell {known.name} is there more than once: the last one counts")
            cell.metadata.pop("nbgrader", None)
            continue
        kept[known.name] = cell
        notes += _reset(cell, known)
    return _with_missing(cells, kept, released, notes), notes


def _grade_id(cell: Any) -> str:
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else ""


def _reset(cell: Any, known: ReleasedCell) -> list[str]:
    notes = []
    # No tag may decide about a grade: `skip-execution` on a check would earn its points.
    cell.metadata.clear()
    cell.metadata["nbgrader"] = known.metadata
    if cell.cell_type != known.cell_type:
        notes.append(f"the cell {known.name} had become a {cell.cell_type} cell")
        _set_type(cell, known.cell_type)
    if known.locked:
        cell.source = known.source
    return notes


def _set_type(cell: Any, cell_type: str) -> None:
    fresh = _new_cell(cell_type, cell.source)
    for key in ("outputs", "execution_count", "attachments"):
        cell.pop(key, None)
    cell.update({key: value for key, value in fresh.items() if key not in ("id", "metadata")})


def _new_cell(cell_type: str, source: str) -> Any:
    make: Any = v4.new_code_cell if cell_type == "code" else v4.new_markdown_cell
    return make(source=source)


def _with_missing(
    cells: list[Any], kept: dict[str, Any], released: dict[str, ReleasedCell], notes: list[str]
) -> list[Any]:
    cells = list(cells)
    position = 0  # just behind the last released cell that is there
    for name, known in released.items():
        if name in kept:
            position = next(index for index, cell in enumerate(cells) if cell is kept[name]) + 1
        elif known.points is not None:
            cell = _new_cell(known.cell_type, known.source)
            cell.metadata["nbgrader"] = known.metadata
            cells.insert(position, cell)
            position += 1
            notes.append(f"the check cell {name} was deleted: put back")
    return cells


class RestoreCells(NbGraderPreprocessor):  # type: ignore[misc]
    """nbgrader preprocessor: every graded cell as the instructor released it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(where["notebook"], where["assignment"])
            released = released_cells(notebook)
        nb.cells, notes = restore(nb.cells, released)
        for note in notes:
            self.log.warning("%s: %s", where["student"], note)
        if notes:
            record = nb.metadata.setdefault("autograder", {})
            record["notes"] = [*record.get("notes", []), *sorted(set(notes))]
        return nb, resources
