"""`overview()`: how far somebody is, over all lessons and assignments of this copy of the course.

Lessons: how many of a saved notebook's cells have been run. Assignments: the last results that
their panels kept. It is a table of links, made anew each time its cell runs.
"""

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from IPython.display import display

from autograder.labs import panel_text as text
from autograder.labs.panel_results import load
from autograder.notebook.cards import prose
from autograder.notebook.cells import is_check
from autograder.notebook.exercises import Exercise, read_cells, read_exercises


def overview() -> None:
    """Show the table; in a folder that is no copy of the course, a line that says so."""
    here = Path.cwd()
    root = next((each for each in (here, *here.parents) if (each / "release").is_dir()), None)
    if root is None:
        display({"text/plain": "There is no course around this folder."}, raw=True)
        return
    lessons = [_lesson(path, here) for path in sorted((root / "notebooks").glob("*.ipynb"))]
    assignments = [
        _assignment(root, folder.name, here)
        for folder in sorted((root / "release").iterdir())
        if (folder / f"{folder.name}.ipynb").is_file()
    ]
    rows = [*lessons, *(row for rows in assignments for row in rows)]
    plain = "\n".join(f"{mark} {name}: {how}" for mark, name, _, how in rows).replace("`", "")
    display({"text/plain": plain, "text/html": _table(rows)}, raw=True)


Row = tuple[str, str, str, str]  # a mark, a name, a link (or nothing), how far


def _lesson(path: Path, here: Path) -> Row:
    try:
        code = [each for each in read_cells(path) if each["cell_type"] == "code" and each["source"]]
    except (OSError, ValueError):
        return "!", path.stem, _link(path, here), "cannot be read"
    if not code:
        return "○", path.stem, _link(path, here), "only to read"
    run = sum(each.get("execution_count") is not None for each in code)
    return _mark(run, len(code)), path.stem, _link(path, here), f"{run} of {len(code)} cells run"


def _assignment(root: Path, name: str, here: Path) -> Iterator[Row]:
    """A row for the assignment, and one for each of its exercises."""
    copy = root / "work" / name / f"{name}.ipynb"
    try:
        exercises = read_exercises(root / "release" / name / copy.name)
        whole = _all_points(root / "release" / name / copy.name)
    except (OSError, ValueError):
        yield "!", name, "", "cannot be read"
        return
    rows = [_exercise(each, copy.parent) for each in exercises]
    points = sum(earned for earned, _ in rows)
    visible = sum(each.points for each in exercises)
    how = f"{text.number(points)} of {text.number(visible)} points of visible checks"
    rest = f"; {text.number(whole - visible)} more are in hidden ones"
    started = copy.is_file()
    if not started:
        how, rest = "not started: begin with ", f"`autograder start {name}`"
    yield _mark(points, visible), name, _link(copy, here) if started else "", how + rest
    yield from (row for _, row in rows)


def _exercise(exercise: Exercise, folder: Path) -> tuple[float, Row]:
    progress, complaint = load(folder, exercise.name)
    passed, points = text.count(exercise, progress)
    how = f"{passed} of {len(exercise.checks)} visible checks passed"
    if complaint:
        how = complaint
    elif progress.results:
        how += f", {text.when(progress)}"
    else:
        how = "not run"
    mark = _mark(passed, len(exercise.checks)) if progress.results else "○"
    return points, (mark, f"\N{EM SPACE}{exercise.name}", "", how)


def _all_points(notebook: Path) -> float:
    checks = [each for each in read_cells(notebook) if is_check(each)]
    return float(sum(each["metadata"]["nbgrader"].get("points", 0) for each in checks))


def _mark(done: float, all_of_it: float) -> str:
    if not done:
        return "○"
    return "✓" if done >= all_of_it else "◐"


def _link(path: Path, here: Path) -> str:
    return quote(os.path.relpath(path, here))


def _table(rows: list[Row]) -> str:
    body = "".join(
        f'<tr><td aria-hidden="true">{mark}</td><td style="text-align:left">{_named(name, link)}'
        f'</td><td style="text-align:left">{prose(how)}</td></tr>'
        for mark, name, link, how in rows
    )
    names = ("", "lesson, assignment, exercise", "how far")
    head = "".join(f'<th style="text-align:left">{name}</th>' for name in names)
    legend = "✓ all of it, ◐ a part of it, ○ nothing yet. Run this cell again after you saved."
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{legend}</p>"


def _named(name: str, link: str) -> str:
    return f'<a href="{escape(link)}">{escape(name)}</a>' if link else escape(name)
