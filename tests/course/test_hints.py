"""Each exercise has three hints, which grow, and every student gets them."""

import pytest

from autograder.checks.hints import FILE, STEPS, read_hints
from tests.course.conftest import ROOT, exercises_of

ASSIGNMENTS = sorted(path.stem for path in ROOT.glob("source/*/*.ipynb"))

each_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS)


@each_assignment
def test_each_exercise_has_exactly_three_hints(assignment: str) -> None:
    hints = read_hints(ROOT / "source" / assignment / FILE)
    notebook = ROOT / "source" / assignment / f"{assignment}.ipynb"
    assert list(hints) == list(exercises_of(notebook))
    for exercise, steps in hints.items():
        assert len(steps) == STEPS == len(set(steps)), exercise
        assert all(len(step) > 40 for step in steps), exercise


@each_assignment
def test_hints_are_released_as_they_are_in_the_source(assignment: str) -> None:
    source, release = (ROOT / place / assignment / FILE for place in ("source", "release"))
    assert release.read_bytes() == source.read_bytes()


@each_assignment
def test_assignment_tells_how_to_ask_and_names_every_exercise(assignment: str) -> None:
    notebook = ROOT / "source" / assignment / f"{assignment}.ipynb"
    text = notebook.read_text(encoding="utf-8")
    names = list(exercises_of(notebook))
    assert f'hint(\\"{names[0]}\\")' in text
    told = text.partition("**Stuck?**")[2].partition("Hints cost no points")[0]
    assert all(f"`{name}`" in told for name in names)
