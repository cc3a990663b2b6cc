"""A whole class, graded once: every student gets a result, none stops the others."""

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.grading import batch
from autograder.grading.result import Result, Status

ORIGINALS: dict[str, bytes] = {}


def insert_copy(name: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        index = next(number for number, cell in enumerate(notebook.cells) if cell.id == name)
        pasted = copy.deepcopy(notebook.cells[index])
        pasted.id = "pasted"
        notebook.cells.insert(index, pasted)

    return change


def without(*names: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        notebook.cells = [cell for cell in notebook.cells if cell.id not in names]

    return change


def with_source(name: str, source: str) -> Callable[[Any], None]:
    def change(notebook: Any) -> None:
        next(cell for cell in notebook.cells if cell.id == name).source = source

    return change


def forged(notebook: Any) -> None:
    cells = {cell.id: cell for cell in notebook.cells}
    cells["one"].source = "def one():\n    return 0"
    cells["two"].source = "def two():\n    return 0"
    cells["one-check"].metadata["tags"] = ["skip-execution"]
    cells["one-check"].metadata.nbgrader.points = 1000
    cells["one-check"].source = "pass"
    cells["one-hidden"].metadata.nbgrader.grade = False
    markdown = cells["two-check"]
    markdown.cell_type = "markdown"
    for key in ("outputs", "execution_count"):
        del markdown[key]


def no_kernelspec(notebook: Any) -> None:
    notebook.metadata = {}


CHANGED: dict[str, Callable[[Any], None]] = {
    "half": with_source("two", "def two():\n    return 3"),
    "duplicated-solution": insert_copy("one"),
    "duplicated-check": insert_copy("one-check"),
    "deleted-check": without("one-check"),
    "deleted-all": without("one", "one-check", "one-hidden", "two", "two-check"),
    "no-kernelspec": no_kernelspec,
    "dies": with_source("two", "import os\nos._exit(1)"),
    "killed": with_source("one", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    "endless": with_source("two", "while True:\n    pass"),
    "deaf": with_source(
        "two", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"
    ),
    "flood": with_source("two", "print('x' * 5_000_000)\ndef two():\n    return 2"),
    "forged": forged,
}
TEXTS: dict[str, bytes] = {
    "not-json": b'{ "cells": [',
    "not-utf8": b'{ "cells": \xff',
    "not-a-notebook": b"[1, 2]",
    "no-bytes": b"",
    "format-5": b'{"nbformat": 5, "nbformat_minor": 0, "metadata": {}, "cells": []}',
    "surrogate": b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells":'
    b' [{"cell_type": "code", "source": "\\ud800", "metadata": {}, "outputs": []}]}',
    "odd-cells": b'{"nbformat": 4, "nbformat_minor": 5,'
    b' "metadata": {"kernelspec": {"name": "python3"}},'
    b' "cells": [3, {"cell_type": "sql"}, {"cell_type": "code", "metadata": {"nbgrader": [1]}}]}',
}


@pytest.fixture(scope="module")
def graded(big_course: Any) -> Any:
    tiny = big_course
    tiny.submit("perfect")
    for student, change in CHANGED.items():
        tiny.submit(student, change)
    for student, text in TEXTS.items():
        tiny.submit(student, text=text)
    renamed = tiny.submit("renamed")
    (renamed / "t.ipynb").rename(renamed / "T (1).ipynb")
    fifo = tiny.submit("fifo")
    (fifo / "t.ipynb").unlink()
    os.mkfifo(fifo / "t.ipynb")
    folder = tiny.submit("folder")
    (folder / "t.ipynb").unlink()
    (folder / "t.ipynb").mkdir()
    link = tiny.submit("link")
    (link / "t.ipynb").unlink()
    (link / "t.ipynb").symlink_to("/etc/passwd")
    (link / "notes.txt").symlink_to("/etc/passwd")
    os.mkfifo(tiny.submit("left-fifo") / "mailbox")
    (tiny.course.root / "submitted" / "a-file").mkdir()
    (tiny.course.root / "submitted" / "a-file" / "t").write_text("not a folder")
    tiny.submit("a[b]")
    (tiny.course.root / "submitted" / "late.zip").write_text("not unpacked")
    for path in (tiny.course.root / "submitted").rglob("*"):
        if path.is_file() and not path.is_symlink():
            ORIGINALS[str(path)] = path.read_bytes()
    submissions = batch.find(tiny.course, [], None)
    results = {result.student: result for result in batch.run(tiny.course, submissions)}
    return tiny.course, results


def note(result: Result) -> str:
    return "; ".join(result.notes)


@pytest.mark.parametrize(
    ("student", "score", "status", "words"),
    [
        ("perfect", 100, Status.GRADED, ""),
        ("half", 50, Status.GRADED, ""),
        ("duplicated-solution", 100, Status.MENDED, "one is there more than once"),
        ("duplicated-check", 100, Status.MENDED, "one-check is there more than once"),
        ("deleted-check", 100, Status.MENDED, "one-check was deleted: put back"),
        ("deleted-all", 0, Status.MENDED, "two-check was deleted: put back"),
        ("no-kernelspec", 100, Status.MENDED, "has no kernelspec"),
        ("dies", 50, Status.GRADED, "ended its interpreter: exit code 1"),
        ("killed", 50, Status.GRADED, "ended its interpreter: SIGKILL"),
        ("endless", 50, Status.GRADED, "stopped at the time limit"),
        ("deaf", 50, Status.GRADED, "stopped at the time limit"),
        ("flood", 100, Status.GRADED, ""),
        ("forged", 0, Status.MENDED, "two-check had become a markdown cell"),
        ("not-json", 0, Status.UNREADABLE, "t.ipynb is not JSON (line 1"),
        ("not-utf8", 0, Status.UNREADABLE, "t.ipynb is not UTF-8 text (byte 0xff at offset 11)"),
        ("not-a-notebook", 0, Status.UNREADABLE, "not a notebook"),
        ("no-bytes", 0, Status.UNREADABLE, "t.ipynb is empty"),
        ("format-5", 0, Status.UNREADABLE, "the notebook format 5"),
        ("surrogate", 0, Status.MENDED, "was deleted"),
        ("odd-cells", 0, Status.MENDED, "unknown type 'sql'"),
        ("renamed", 0, Status.UNREADABLE, "t.ipynb is missing (there is T (1).ipynb)"),
        ("fifo", 0, Status.UNREADABLE, "t.ipynb is a FIFO, not a file"),
        ("folder", 0, Status.UNREADABLE, "t.ipynb is a folder, not a file"),
        ("link", 0, Status.UNREADABLE, "t.ipynb is a symbolic link, not a file"),
        ("left-fifo", 100, Status.MENDED, "mailbox is not a plain file: left out"),
        ("a-file", 0, Status.UNREADABLE, "cannot be opened (Not a directory)"),
        ("a[b]", None, Status.FAILED, "rename the folder"),
    ],
)
def test_every_student_gets_a_result(
    graded: Any, student: str, score: float | None, status: Status, words: str
) -> None:
    result = graded[1][student]
    assert (result.score, result.status) == (score, status), note(result)
    assert words in note(result)


def test_the_gradebook_says_what_the_results_say(graded: Any) -> None:
    course, results = graded
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "ipc") as gradebook:
        for student, result in results.items():
            if result.status is not Status.FAILED:
                submission = gradebook.find_submission("t", student)
                assert (submission.score, submission.max_score) == (result.score, 100)
                assert not submission.needs_manual_grade


def test_every_result_has_feedback(graded: Any) -> None:
    course, results = graded
    for result in results.values():
        if result.status is not Status.FAILED:
            assert (course.root / result.feedback / "t.html").is_file()


def test_feedback_never_shows_a_hidden_check(graded: Any) -> None:
    course, _ = graded
    for page in (course.root / "feedback").rglob("*.html"):
        assert "SECRET" not in page.read_text(), page
    shown = (course.root / "feedback/half/t/t.html").read_text()
    assert "Hidden check: one-hidden: passed" in shown
    assert "returns 2" in shown, "a visible check still says why"


def test_feedback_says_why_nothing_could_be_graded(graded: Any) -> None:
    course, _ = graded
    assert "t.ipynb is not JSON" in (course.root / "feedback/not-json/t/t.html").read_text()


def test_what_was_handed_in_is_never_changed(graded: Any) -> None:
    assert {path: Path(path).read_bytes() for path in ORIGINALS} == ORIGINALS


def test_a_link_is_not_followed_into_the_feedback(graded: Any) -> None:
    course, _ = graded
    assert not list(course.root.glob("*ed*/link/t/notes.txt"))[1:]
    assert not (course.root / "feedback/link/t/notes.txt").exists()


def test_output_is_cut_off(graded: Any) -> None:
    course, _ = graded
    assert (course.root / "autograded/flood/t/t.ipynb").stat().st_size < 1_500_000


def test_nothing_is_left_in_the_staging_folder(graded: Any) -> None:
    course, _ = graded
    assert {path.name for path in course.state.iterdir()} == {
        "checks.db",
        "grade.log",
        "lock",
        "results",
    }


def test_formgrader_finds_a_notebook_for_every_result(graded: Any) -> None:
    course, results = graded
    for student, result in results.items():
        if result.status is not Status.FAILED:
            nbformat.read(course.autograded(student, "t") / "t.ipynb", as_version=4)


def test_results_are_plain_json(graded: Any) -> None:
    for result in graded[1].values():
        assert json.loads(json.dumps(result.as_json()))["student"] == result.student
