"""nbgrader's own commands in a folder with the course's configuration."""

import copy
import os
from pathlib import Path
from typing import Any

import pytest
from commands import nbgrader
from nbgrader.api import Gradebook
from nbgrader.validator import Validator

ROOT = Path(__file__).parents[2]


def duplicated(notebook: Any) -> None:
    pasted = copy.deepcopy(notebook.cells[3])
    pasted.id = "pasted"
    notebook.cells.insert(3, pasted)


def dies(notebook: Any) -> None:
    next(cell for cell in notebook.cells if cell.id == "two").source = "import os\nos._exit(1)"


def deleted(notebook: Any) -> None:
    notebook.cells = [cell for cell in notebook.cells if cell.id != "one-check"]


def test_generate_autograde_and_feedback_work_from_the_course_root(tiny: Any) -> None:
    root = tiny.course.root
    assert nbgrader(root, "generate_assignment", "t").returncode == 0
    assert (root / "release/t/t.ipynb").is_file()
    for student, change in (("a", None), ("b", duplicated), ("c", dies), ("d", deleted)):
        tiny.submit(student, change)
    os.mkfifo(tiny.submit("e") / "left.fifo")
    tiny.submit("not-json", text=b"{")  # this one nbgrader names as failed, and goes on
    done = nbgrader(root, "autograde", "t")
    assert "for student 'not-json'" in done.stderr
    with Gradebook(f"sqlite:///{root}/gradebook.db", "ipc") as gradebook:
        scores = {each.student.id: each.score for each in gradebook.assignment_submissions("t")}
    assert scores == {"a": 100, "b": 100, "c": 50, "d": 100, "e": 100, "not-json": 0}
    assert nbgrader(root, "generate_feedback", "t").returncode == 0
    assert "SECRET" not in (root / "feedback/a/t/t.html").read_text()


@pytest.mark.parametrize("folder", ["source", "release"])
def test_validate_says_of_the_assignment_what_is_true(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ROOT / folder / "pipes/pipes.ipynb"
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")  # nbgrader forgets to restore it
    found = Validator().validate(str(path))
    if folder == "source":
        assert found == {}
        return
    assert found.keys() == {"failed"}
    for failed in found["failed"]:
        assert "not written yet" in failed["raw_error"]
        assert "autograder/" not in failed["raw_error"], "no traceback of the grader's own code"
