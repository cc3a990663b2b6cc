"""Hostile submissions: each gets no more than it is worth, and nobody else notices it.

Every class is graded in a quarantine (see `quarantine`), so that an attack that the grader does not
contain harms nothing but the test.
"""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import quarantine
from hostile import (
    CASES,
    CLASSES,
    FOLDER,
    HIDDEN_INPUT,
    MAKERS,
    RIGHT,
    SETTINGS,
    Case,
    files_of,
    members,
)
from nbformat import v4

from tests.grading.conftest import KERNEL, TinyCourse, code, hidden

pytestmark = [pytest.mark.hostile, pytest.mark.slow]

LEVELS = ("namespaces", "process")
SECONDS, SECONDS_EACH = 60, 40  # far beyond what the time limits in SETTINGS add up to
FIRST = "9d69696f51a17d911b04040d136f0bc46b70b56afcb755bfb53e1ef5bfdcc745"
LAST = "b61d0b5d52b08a047748d4ee005dcb2855a9063a4d8f547f9ca1adf235fa7b4d"


def check(text: str, seal: str) -> str:
    return f'from autograder import run\n\nrun("seal", "{text}").returns("{seal}")'


def source_notebook() -> Any:
    answer = RIGHT.splitlines()
    answer.insert(4, "    ### BEGIN SOLUTION")
    cells = [
        v4.new_markdown_cell("# Sealed texts", id="title"),
        v4.new_markdown_cell("## 1. Seal", id="task"),
        code("seal", "\n".join([*answer, "    ### END SOLUTION"]), solution=True),
        code("seal-first", f"# Check: a short text\n{check('pipes', FIRST)}", 30),
        hidden("seal-hidden", check(HIDDEN_INPUT, SECRET), 40),
        code("seal-last", f"# Check: another text\n{check('shared memory', LAST)}", 30),
    ]
    return v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


SECRET = quarantine.SECRETS["the hidden check's value"]


def handed_out() -> dict[str, Any]:
    """The notebook as a student gets it: no answer, no hidden text."""
    notebook = copy.deepcopy(source_notebook())
    by_id = {cell.id: cell for cell in notebook.cells}
    by_id["seal"].source = "def seal(text):\n    raise NotImplementedError"
    by_id["seal-hidden"].source = by_id["seal-hidden"].source.splitlines()[0]
    return json.loads(json.dumps(notebook))  # type: ignore[no-any-return]


def solved() -> bytes:
    notebook = handed_out()
    next(cell for cell in notebook["cells"] if cell["id"] == "seal")["source"] = RIGHT
    return json.dumps(notebook).encode()


class School:
    """Classes, each built and graded when a test first asks for it."""

    def __init__(self, folder: Path, gradebook: Path) -> None:
        self.folder, self.gradebook = folder, gradebook
        self.graded: dict[tuple[str, str], quarantine.Report] = {}

    def report(self, class_name: str, level: str) -> quarantine.Report:
        key = (class_name, level)
        if key not in self.graded:
            there = members(class_name, level)
            course = self.build(self.folder / f"{class_name}-{level}", there)
            self.graded[key] = quarantine.grade(course, level, SECONDS + SECONDS_EACH * len(there))
        return self.graded[key]

    def build(self, root: Path, cases: tuple[Case, ...]) -> Path:
        root.mkdir()
        tiny = TinyCourse(root, self.gradebook, SETTINGS, source_notebook())
        for number, case in enumerate(cases):
            following = honest(number + 1)
            files = files_of(case, handed_out(), following)
            hand_in(tiny, attacker(number), files)
        for number in range(len(cases) + 1):
            hand_in(tiny, honest(number), {"t.ipynb": solved()})
        return root


def honest(number: int) -> str:
    return f"s{number:02}-a-honest"


def attacker(number: int) -> str:
    return f"s{number:02}-b-other"


def hand_in(tiny: TinyCourse, student: str, files: dict[str, bytes]) -> None:
    folder = tiny.course.submitted(student, "t")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> School:
    if reason := quarantine.missing():
        pytest.skip(f"unavoidable: hostile programs need a quarantine, and unshare says: {reason}")
    return School(tmp_path_factory.mktemp("hostile"), empty_gradebook)


@pytest.mark.parametrize("level", LEVELS)
def test_the_quarantine_finds_nothing_where_there_is_nothing(school: School, level: str) -> None:
    report = school.report("nobody", level)
    assert (report.exit_code, report.marks) == (0, {honest(0): 100}), report.said
    assert (report.processes, report.objects, report.files) == ([], [], [])
    assert report.leaks == {honest(0): []}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_submission_gets_what_it_is_worth_and_learns_nothing(
    school: School, case: Case, level: str
) -> None:
    if not case.may_run(level):
        pytest.skip(f"unavoidable: {case.process}")
    report = school.report(case.class_name, level)
    student = attacker(members(case.class_name, level).index(case))
    assert student in report.results, report.said
    result = report.results[student]
    assert result["status"] != "grader failed", result["notes"]
    assert result["score"] <= case.most, result["checks"]
    assert report.marks[student] == result["score"], "the gradebook says something else"
    assert case.note in "; ".join(result["notes"])
    assert report.leaks[student] == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("class_name", CLASSES)
def test_nobody_else_notices(school: School, class_name: str, level: str) -> None:
    there = members(class_name, level)
    if not there:
        pytest.skip(f"unavoidable: {members(class_name, 'namespaces')[0].process}")
    report = school.report(class_name, level)
    assert report.exit_code == 0, report.said
    others = [honest(number) for number in range(len(there) + 1)]
    assert {name: report.results[name]["score"] for name in others} == dict.fromkeys(others, 100)
    assert {name: report.marks[name] for name in others} == dict.fromkeys(others, 100)
    assert {name: report.leaks[name] for name in others} == {name: [] for name in others}
    assert (report.processes, report.objects, report.files) == ([], [], [])


def test_every_case_of_the_table_has_its_submission_and_tells_its_story() -> None:
    cells = {path.stem: path for path in (FOLDER / "cells").iterdir()}
    assert cells.keys() | MAKERS.keys() == {case.name for case in CASES}
    assert not cells.keys() & MAKERS.keys()
    for path in cells.values():
        assert path.read_text().startswith('"""'), f"{path} does not say what it tries"
    for name, make in MAKERS.items():
        assert make.__doc__, name
