"""`%%sandbox` cells of a student, when the notebook is graded: shown as in the student's kernel."""

import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from autograder.grading.execution import Settings, execute

HANG = "%%sandbox\nimport os\nread_end, write_end = os.pipe()\nos.read(read_end, 1)"


def outputs(folder: Path, *cells: str) -> list[list[Any]]:
    """The outputs of each cell of a notebook, executed as grading does."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in cells])
    execute(notebook, folder, Settings(cell_seconds=20))
    return [list(cell.outputs) for cell in notebook.cells]


def text(found: list[Any]) -> str:
    """All that a cell showed, as plain text."""
    return "\n".join(
        output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain", "")
        for output in found
    )


pytestmark = pytest.mark.usefixtures("level")


def test_output_is_labelled_and_functions_of_the_notebook_are_there(tmp_path: Path) -> None:
    made, shown = outputs(
        tmp_path,
        "import os\n\n\ndef work():\n    print('from', 'work', flush=True)\n    return 3",
        "%%sandbox\nif os.fork() == 0:\n    work()\n    os._exit(0)\nos.wait()\nprint(work())",
    )
    assert made == []
    assert [output.output_type for output in shown] == ["display_data"]
    lines = [line.split(" │ ") for line in text(shown).splitlines()]
    told = sorted((who.split()[0], what) for who, what in lines)
    assert told == [("child", "from work"), ("parent", "3"), ("parent", "from work")]


def test_names_made_in_it_stay_in_it(tmp_path: Path) -> None:
    _, after = outputs(tmp_path, "%%sandbox\ninside = 1", "print('inside' in globals())")
    assert text(after) == "False\n"


def test_a_hang_is_explained_with_a_picture_and_the_next_cell_goes_on(tmp_path: Path) -> None:
    kept, hung, after = outputs(tmp_path, "value = 5", HANG, "print(value)")
    assert kept == []
    page = "".join(output.get("data", {}).get("text/html", "") for output in hung)
    assert "reader-holds-write-end" in page
    assert "<svg" in page
    assert re.search(r"line 4 of cell \S*\[2\]", page), "the line is told, as the student sees it"
    assert text(after) == "5\n"


def test_a_cell_has_no_more_time_than_any_other(tmp_path: Path) -> None:
    slow = "%%sandbox --timeout 100000\nimport time\ntime.sleep(100000)"
    notebook = v4.new_notebook(cells=[v4.new_code_cell(slow), v4.new_code_cell("print('on')")])
    execute(notebook, tmp_path, Settings(cell_seconds=1))
    shown = str(notebook.cells[0].outputs)
    assert "had not ended after 1 s" in shown
    assert text(notebook.cells[1].outputs) == "on\n"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("%%sandbox\n1 / 0", "ZeroDivisionError"),
        ("%%sandbox\nthis is no Python", "SyntaxError"),
        ("%%sandbox --timeout soon\n1", "soon"),
        ("%%sandbox\nprint(lock)", "lock"),
    ],
)
def test_what_goes_wrong_is_an_error_of_one_sentence(tmp_path: Path, cell: str, words: str) -> None:
    setup, failed, after = outputs(
        tmp_path, "import threading\nlock = threading.Lock()", cell, "print('on')"
    )
    assert setup == []
    assert failed[-1].output_type == "error"
    assert words in failed[-1].evalue
    assert text(after) == "on\n"


def test_no_line_of_it_is_executed_by_the_judge(tmp_path: Path) -> None:
    """What the cell changes in its package, and what it learns of its process, is a world's."""
    spoil = (
        "%%sandbox\nimport os, autograder\nautograder.run = None\n"
        "print(os.getppid(), 'judge' in open('/proc/self/cmdline').read())"
    )
    check = "# Check: it is intact\nfrom autograder import run\nrun('one').returns(1)"
    about = {
        "grade": True, "grade_id": "check", "points": 1, "locked": True,
        "schema_version": 3, "solution": False, "task": False,
    }  # fmt: skip
    notebook = v4.new_notebook(
        cells=[
            v4.new_code_cell("def one():\n    return 1"),
            v4.new_code_cell(spoil),
            v4.new_code_cell(check, metadata={"nbgrader": about}),
        ]
    )
    execute(notebook, tmp_path)
    assert "False" in text(notebook.cells[1].outputs)
    assert not [each for each in notebook.cells[2].outputs if each.output_type == "error"]
