"""What the linter says of a check cell, a notebook, an assignment."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from autograder.grading import lint

GOOD = "# Check: it answers\nfrom autograder import run\n\nrun('answer').returns(42)"


@pytest.mark.parametrize(
    "source",
    [
        GOOD,
        "# Check: a helper\ndef helper(value):\n    return value\n\n\nassert helper(1) == 1",
        "# Check: a comprehension\nassert [each for each in range(3)] == [0, 1, 2]",
        "# Check: a name of its own\ntotal = 0\nfor number in (1, 2):\n    total += number\n",
        "# Check: a class\nclass Box:\n    size = 1\n    twice = size * 2\n\n\nassert Box.twice",
        "# Hidden check: nothing is left\n",
    ],
)
def test_a_good_check_has_no_fault(source: str) -> None:
    assert list(lint.check_faults(source)) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Check: x\nassert answer() == 42", "does not make answer"),
        ("# Check: x\ndef play():\n    return answer()\n\n\nplay()", "does not make answer"),
        ("# Check: x\n%%time\npass", "plain Python"),
        ("# Check: x\nget_ipython()", "does not make get_ipython"),
        ("assert True", "begins with a comment"),
        ("# Check: x\n5", "does not end on a number"),
        ("# Check: x\n-2.5", "does not end on a number"),
    ],
)
def test_a_bad_check_is_told_what_is_wrong(source: str, words: str) -> None:
    assert any(words in fault for fault in lint.check_faults(source))


def notebook(*cells: Any, **metadata: Any) -> Any:
    kernel = {"name": "python3", "display_name": "Python 3"}
    return v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel, **metadata})


def outputs(cell: Any) -> Any:
    cell.outputs = [v4.new_output("stream", text="left over")]
    return cell


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (notebook(outputs(v4.new_code_cell("1", id="one"))), "has outputs"),
        (notebook(v4.new_code_cell("1", id="one", execution_count=3)), "execution count"),
        (notebook(v4.new_markdown_cell("x", id="0a1b2c3d")), "made-up id"),
        (notebook(kernelspec={"name": "ir", "display_name": "R"}), "not python3"),
    ],
)
def test_what_git_must_not_have_is_found(tmp_path: Path, written: Any, words: str) -> None:
    path = tmp_path / "n.ipynb"
    nbformat.write(written, path)
    (problem,) = lint.notebook_problems(path)
    assert words in str(problem)


def test_a_file_that_is_no_notebook_is_found(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text("{")
    (problem,) = lint.notebook_problems(tmp_path / "n.ipynb")
    assert "not a valid notebook" in str(problem)


def change_points(cell: Any) -> None:
    cell.metadata.nbgrader.points = 41


def add_key(cell: Any) -> None:
    cell.metadata.nbgrader.colour = "red"


def drop_key(cell: Any) -> None:
    del cell.metadata.nbgrader["locked"]


def repeat_name(cell: Any) -> None:
    cell.metadata.nbgrader.grade_id = "two-check"


def open_region(cell: Any) -> None:
    cell.source += "\n### BEGIN HIDDEN TESTS"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_points, "sum to 101"),
        (add_key, "unknown key colour"),
        (drop_key, "lacks locked"),
        (repeat_name, "two-check is there more than once"),
        (open_region, "do not pair up"),
    ],
)
def test_an_assignment_that_nbgrader_would_trip_over_is_refused(
    tiny: Any, change: Any, words: str
) -> None:
    change(next(cell for cell in tiny.source.cells if cell.id == "one-check"))
    tiny.write_source()
    found = [str(problem) for problem in lint.assignment_problems(tiny.course, "t")]
    assert any(words in problem for problem in found), found
