"""The worked example in source/README.md is done as the page says, and works."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from autograder.cli import main
from autograder.grading import Course, gradebook, lint
from tests.course.conftest import ROOT, Exercise, Trial, stub_of

GUIDE = (ROOT / "source" / "README.md").read_text()
Attempt = Callable[[Exercise, str], Trial]


def pieces() -> dict[str, str]:
    """The example's parts, by what they are."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.M | re.S)
    (task,) = [text for kind, text in blocks if kind == "markdown"]
    (hints,) = [text for kind, text in blocks if kind == "toml"]
    solution, check, hidden, wrong = [text.rstrip() for kind, text in blocks if kind == "python"]
    return {
        "task": task.rstrip(), "solution": solution, "check": check, "hidden": hidden,
        "wrong": wrong, "hints": hints,
    }  # fmt: skip


def cell(name: str, source: str, points: int | None = None, solution: bool = False) -> object:
    about = {
        "grade": points is not None, "grade_id": name, "locked": not solution,
        "schema_version": 3, "solution": solution, "task": False,
    }  # fmt: skip
    if points is not None:
        about["points"] = points
    make = v4.new_markdown_cell if name.endswith("-task") else v4.new_code_cell
    return make(source, id=name, metadata={"nbgrader": about})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A copy of the course with the new exercise; its points come from another one's check."""
    shutil.copytree(ROOT / "source", tmp_path / "source")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    path = tmp_path / "source" / "pipes" / "pipes.ipynb"
    notebook, parts = nbformat.read(path, 4), pieces()
    given = next(each for each in notebook.cells if each.id == "sieve-check-primes")
    given.metadata.nbgrader.points -= 4
    notebook.cells[-1:-1] = [
        cell("shout-task", parts["task"]),
        cell("shout-solution", parts["solution"], solution=True),
        cell("shout-check-capitals", parts["check"], 2),
        cell("shout-hidden-any", parts["hidden"], 2),
    ]
    path.write_text(nbformat.writes(notebook, indent=1).rstrip() + "\n")
    with (path.parent / "hints.toml").open("a") as file:
        file.write(parts["hints"])
    return Course(tmp_path)


def exercise() -> Exercise:
    parts = pieces()
    checks = {"shout-check-capitals": parts["check"], "shout-hidden-any": parts["hidden"]}
    return Exercise("shout", parts["solution"], checks)


def test_example_is_released_without_its_solution_and_its_hidden_check(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not lint.course_problems(course)
    monkeypatch.chdir(course.root)
    assert main(["release", "pipes"]) == 0
    assert "written" in capsys.readouterr().out
    text = (course.release("pipes") / "pipes.ipynb").read_text()
    assert "Write `shout(text)`" in text
    assert "answer = stream.read()" not in text
    assert "Hidden check: any text, and nothing is left behind" in text
    assert "randbytes(1000)" not in text
    assert "shout = [" in (course.release("pipes") / "hints.toml").read_text()


def test_example_is_graded_with_its_points(course: Course) -> None:
    assert gradebook.enter_assignment(course, "pipes") == ("pipes",)
    with gradebook.opened(course) as opened:
        assert opened.find_assignment("pipes").max_score == 100


@pytest.mark.usefixtures("level")
def test_solution_of_the_example_passes_and_its_stub_fails(try_answer: Attempt) -> None:
    trial = try_answer(exercise(), pieces()["solution"])
    assert not trial.failures, trial.text
    assert not trial.findings
    trial = try_answer(exercise(), stub_of(pieces()["solution"]))
    assert not trial.passed


@pytest.mark.usefixtures("level")
def test_wrong_answer_of_the_example_gets_its_finding(try_answer: Attempt) -> None:
    assert "Finding: zombie" in pieces()["wrong"]
    trial = try_answer(exercise(), pieces()["wrong"])
    assert trial.failing_findings == {"zombie"}


def test_every_check_that_the_guide_names_is_there() -> None:
    from autograder import Run

    table = GUIDE.partition("| you want to know | write |")[2].partition("\n\n")[0]
    names = set(re.findall(r"`(?:result\.)?(\w+)[`(]", table)) - {"with", "box"}
    assert names >= {"returns", "forks", "syncs", "expect"}
    assert not [name for name in names if not hasattr(Run, name)]
