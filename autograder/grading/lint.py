"""What must hold for the notebooks in git, and for an assignment before it is released."""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.course import Course
from autograder.notebook import cells

TOTAL_POINTS = 100
_REQUIRED = {"grade", "grade_id", "locked", "schema_version", "solution"}
_OPTIONAL = {"task", "points", "checksum", "cell_type"}
_REGIONS = (("BEGIN SOLUTION", "END SOLUTION"), (cells.BEGIN_HIDDEN, cells.END_HIDDEN))


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the notebook, the cell's id (empty: the whole notebook), what is wrong."""

    path: Path
    cell: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.cell + ': ' if self.cell else ''}{self.text}"


def course_problems(course: Course) -> list[Problem]:
    """Lint every notebook of the course and every assignment in `source/`."""
    found: list[Problem] = []
    for folder in ("notebooks", "source", "release"):
        for path in notebooks(course.root / folder):
            found += notebook_problems(path)
    for assignment in course.assignments():
        found += assignment_problems(course, assignment)
    return found


def notebooks(folder: Path) -> list[Path]:
    """Return all notebooks below `folder`, sorted, without Jupyter's checkpoints."""
    return sorted(
        path for path in folder.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
    )


def notebook_problems(path: Path) -> list[Problem]:
    """A notebook in git has no outputs, and cell ids that a person chose."""
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
    except Exception as error:
        return [Problem(path, "", f"is not a valid notebook: {str(error).splitlines()[0]}")]
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        return [Problem(path, "", "is older than format 4.5, which has cell ids")]
    found = [Problem(path, cell.id, text) for cell in notebook.cells for text in _cell_faults(cell)]
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        found.append(Problem(path, "", "its kernelspec is not python3"))
    return found


def _cell_faults(cell: Any) -> Iterator[str]:
    if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
        yield "has outputs or an execution count: clear all outputs before committing"
    # What Jupyter makes up: eight hexadecimal digits, or a UUID.
    if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?", cell.id):
        yield "has a made-up id: give it a name that says what it is"


def assignment_problems(course: Course, assignment: str) -> list[Problem]:
    """Lint `source/<assignment>`: metadata, regions, self-contained checks, 100 points."""
    import nbformat

    folder = course.source(assignment)
    found: list[Problem] = []
    total = 0.0
    for path in notebooks(folder):
        seen: set[str] = set()
        for cell in nbformat.read(path, as_version=4).cells:
            about = cells.grading(cell)
            found += [Problem(path, cell.id, text) for text in _graded_faults(cell, about, seen)]
            total += about.get("points", 0) if about.get("grade") else 0
    if total != TOTAL_POINTS:
        found.append(Problem(folder, "", f"its points sum to {total:g}, not {TOTAL_POINTS}"))
    return found


def _graded_faults(cell: Any, about: dict[str, Any], seen: set[str]) -> Iterator[str]:
    for begin, end in _REGIONS:
        if (fault := _region_fault(cell.source, begin, end)) is not None:
            yield fault
    if not about:
        if any(begin in cell.source for begin, _ in _REGIONS):
            yield "has a region for nbgrader but no nbgrader metadata"
        return
    keys = set(about)
    if missing := _REQUIRED - keys:
        yield f"its nbgrader metadata lacks {', '.join(sorted(missing))}"
    if extra := keys - _REQUIRED - _OPTIONAL:
        yield f"its nbgrader metadata has the unknown key {', '.join(sorted(extra))}"
    name = str(about.get("grade_id", ""))
    if not re.fullmatch(r"[A-Za-z][\w-]*", name):
        yield f"the grade id {name!r} is not a name"
    if name in seen:
        yield f"the grade id {name} is there more than once"
    seen.add(name)
    if cells.is_check(cell):
        yield from check_faults(cell.source)


def _region_fault(source: str, begin: str, end: str) -> str | None:
    marks = [match.group() for match in re.finditer(f"{begin}|{end}", source)]
    if marks != [begin, end] * (len(marks) // 2):
        return f"{begin} and {end} do not pair up"
    return None


def check_faults(source: str) -> Iterator[str]:
    """Say what is wrong with the text of one check cell.

    It must begin with a comment that is its title, import what it needs, and name the student's
    work by string only: then it means the same in every kernel that executes it.
    """
    if not source.lstrip().startswith("#"):
        yield "a check begins with a comment that is its title"
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        yield f"a check is plain Python: {error.msg} in line {error.lineno}"
        return
    if free := free_names(source):
        yield f"a check is self-contained, but this one does not make {', '.join(free)}"
    if tree.body and _is_number(tree.body[-1]):
        yield "a check does not end on a number: nbgrader takes it for the points"


def _is_number(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr):
        return False
    value = statement.value.operand if isinstance(statement.value, ast.UnaryOp) else statement.value
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float)


def free_names(source: str) -> list[str]:
    """Return the names that `source` uses and neither makes, nor imports, nor finds in builtins."""
    top = symtable.symtable(source, "check", "exec")
    made = {
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
    }
    used = {
        symbol.get_name()
        for table in _tables(top)
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table is top or symbol.is_global())
    }
    return sorted(name for name in used - made if not hasattr(builtins, name))


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)
