"""The overview: a row for each lesson, assignment and exercise, with links that lead somewhere."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest

from autograder.labs import overview, overview_page
from autograder.labs.panel_results import Progress, path_of, save
from autograder.notebook.check_run import CheckResult, Outcome

Shown = Callable[[], tuple[str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("notebooks", "release"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Makes the overview; returns its plain text and its HTML."""
    displayed: list[dict[str, str]] = []
    monkeypatch.setattr(overview_page, "display", lambda data, raw: displayed.append(data))

    def made() -> tuple[str, str]:
        overview()
        return displayed[-1]["text/plain"], displayed[-1].get("text/html", "")

    return made


def test_every_lesson_assignment_and_exercise_has_a_row(course: Path, shown: Shown) -> None:
    plain, html = shown()
    rows = plain.count("cells run") + plain.count("only to read")
    assert rows == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert plain.count("not started") == len(list((ROOT / "release").iterdir()))
    for name in ("ping_pong", "ring", "browse", "lend"):
        assert f"{name}: not run" in plain
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) == rows
    assert all((course / "notebooks" / unquote(link)).is_file() for link in links)


def test_results_and_cells_that_were_run_are_counted(course: Path, shown: Shown) -> None:
    shutil.copytree(course / "release/pipes", course / "work/pipes")
    results = {
        "ping-pong-check-answers": CheckResult(Outcome.PASSED, 4.0),
        "ping-pong-check-tidy": CheckResult(Outcome.FAILED, 0.0, "why"),
    }
    save(course / "work/pipes", "ping_pong", Progress().with_results(results))
    lesson = course / "notebooks/00_start_here.ipynb"
    notebook = nbformat.read(lesson, 4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").execution_count = 1
    nbformat.write(notebook, lesson)
    plain, html = shown()
    assert re.search(r"◐ 00_start_here: 1 of \d+ cells run", plain)
    assert re.search(r"◐ pipes: 4 of \d+ points of visible checks", plain)
    assert "ping_pong: 1 of 2 visible checks passed" in plain
    assert 'href="../work/pipes/pipes.ipynb"' in html


def test_damaged_files_cost_their_own_row_only(course: Path, shown: Shown) -> None:
    (course / "notebooks/01_processes.ipynb").write_text('{"cells": [{"source": 3}]}')
    (course / "release/pipes/pipes.ipynb").write_text("[]")
    shutil.copytree(course / "release/shared_memory", course / "work/shared_memory")
    bad = path_of(course / "work/shared_memory", "lend")
    bad.parent.mkdir()
    bad.write_text("{")
    plain, _ = shown()
    assert "! 01_processes: cannot be read" in plain
    assert "! pipes: cannot be read" in plain
    assert "The last result in .progress/lend.json cannot be read." in plain
    assert "browse: not run" in plain


def test_elsewhere_it_says_that_there_is_no_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown()[0] == "There is no course around this folder."
