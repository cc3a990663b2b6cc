"""The catalogue's promises: every entry is complete, and its lesson section is there."""

import re
from pathlib import Path

import nbformat
import pytest

from autograder.checks import CATALOGUE

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def _sections(lesson: str) -> set[str]:
    """The headings of a lesson, as they are named in links."""
    cells = nbformat.read(NOTEBOOKS / f"{lesson}.ipynb", 4).cells
    lines = (
        line for cell in cells if cell.cell_type == "markdown" for line in cell.source.split("\n")
    )
    return {
        re.sub(r"[^a-z0-9]+", "-", line.lower()).strip("-")
        for line in lines
        if line.startswith("#")
    }


@pytest.mark.parametrize("finding", CATALOGUE)
def test_entry_is_complete_and_its_lesson_is_there(finding: str) -> None:
    entry = CATALOGUE[finding]
    assert entry.title[0].isupper()
    assert not entry.title.endswith(".")
    assert entry.meaning.endswith(".")
    lesson, _, section = entry.lesson.partition("#")
    assert not section or section in _sections(lesson)
