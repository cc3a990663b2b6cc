"""Every wrong answer fails for its own reason; every correct one passes without any finding.

The answers lie in `tests/submissions/<assignment>/<exercise>/{wrong,correct}/`. Each wrong one
names in its docstring the finding that the student must be shown (`Finding: <id>`), or words that
the explanation must contain (`Explanation: <words>`).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import Limits
from tests.course.conftest import ROOT, Exercise, Trial, exercises_of, stub_of
from tests.course.finding_map import (
    NOT_EARNED,
    SUBMISSIONS,
    exercises_by_finding,
    promised,
    table,
)

ASSIGNMENTS = sorted(path.stem for path in ROOT.glob("source/*/*.ipynb"))
EXERCISES = {
    (assignment, name): exercise
    for assignment in ASSIGNMENTS
    for name, exercise in exercises_of(ROOT / "source" / assignment / f"{assignment}.ipynb").items()
}
WRONG = sorted(SUBMISSIONS.glob("*/*/wrong/*.py"))
CORRECT = sorted(SUBMISSIONS.glob("*/*/correct/*.py"))

Attempt = Callable[[Exercise, str], Trial]


def _label(value: object) -> str:
    if isinstance(value, Path):
        return f"{value.parts[-3]}-{value.stem}"
    return "-".join(value) if isinstance(value, tuple) else str(value)


def _exercise(answer: Path) -> Exercise:
    return EXERCISES[answer.parts[-4], answer.parts[-3]]


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("answer", WRONG, ids=_label)
def test_wrong_answer_fails_with_its_own_explanation(answer: Path, try_answer: Attempt) -> None:
    text = answer.read_text(encoding="utf-8")
    kind, promise = promised(answer)
    trial = try_answer(_exercise(answer), text)
    assert trial.failures, "every check passed"
    if kind == "Finding":
        assert promise in trial.failing_findings, trial.text
    else:
        assert promise in trial.text, trial.text


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("answer", CORRECT, ids=_label)
def test_correct_answer_passes_without_a_finding(answer: Path, try_answer: Attempt) -> None:
    trial = try_answer(_exercise(answer), answer.read_text(encoding="utf-8"))
    assert not trial.failures, trial.text
    assert not trial.findings, trial.runs


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("key", EXERCISES, ids=_label)
def test_instructor_solution_passes_without_a_finding(
    key: tuple[str, str], try_answer: Attempt
) -> None:
    trial = try_answer(EXERCISES[key], EXERCISES[key].solution)
    assert not trial.failures, trial.text
    assert not trial.findings, trial.runs


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("key", EXERCISES, ids=_label)
def test_stub_fails_every_check_kindly(key: tuple[str, str], try_answer: Attempt) -> None:
    exercise = EXERCISES[key]
    trial = try_answer(exercise, stub_of(exercise.solution))
    assert not trial.passed
    for title, failure in trial.failures.items():
        assert "not written yet" in failure.actual, f"{title}: {failure}"
        assert not (failure.run and failure.run.findings), f"{title}: {failure}"


@pytest.mark.parametrize("key", EXERCISES, ids=_label)
def test_each_exercise_has_enough_answers(key: tuple[str, str]) -> None:
    folder = SUBMISSIONS.joinpath(*key)
    assert len(list(folder.glob("wrong/*.py"))) >= 3
    assert len(list(folder.glob("correct/*.py"))) >= 2


def test_every_finding_that_a_student_can_earn_is_provoked() -> None:
    missing = {finding for finding, where in exercises_by_finding().items() if not where}
    assert missing == NOT_EARNED


def test_no_run_of_an_exercise_can_meet_the_limit_of_processor_time() -> None:
    texts = [check for exercise in EXERCISES.values() for check in exercise.checks.values()]
    longest = max(float(each) for text in texts for each in re.findall(r"timeout=([\d.]+)", text))
    assert longest <= Limits().cpu


def test_the_guide_has_the_map() -> None:
    assert table() in (ROOT / "source" / "README.md").read_text(encoding="utf-8"), (
        "print it anew: python tests/course/finding_map.py"
    )
