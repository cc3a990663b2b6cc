"""One check cell in the student's kernel: each way in which it can end."""

import pytest

from autograder.notebook.check_run import Outcome, run_check
from autograder.notebook.exercises import CheckCell

CELLS = {
    "no value": ("x = 1", Outcome.PASSED, 4, ""),
    "a value that is no number": ("'done'", Outcome.PASSED, 4, ""),
    "truth": ("False", Outcome.PASSED, 4, ""),
    "full marks": ("4", Outcome.PASSED, 4, ""),
    "partial credit": ("1 + 0.5", Outcome.FAILED, 1.5, ""),
    "nothing": ("0", Outcome.FAILED, 0, ""),
    "too many": ("5", Outcome.PASSED, 4, ""),
    "an exception": ("[].pop()", Outcome.FAILED, 0, "IndexError: pop from empty list"),
    "sys.exit": ("raise SystemExit(0)", Outcome.FAILED, 0, "SystemExit"),
    "no Python": ("if", Outcome.FAILED, 0, "SyntaxError"),
    "a complaint": ("import sys\nprint('no', file=sys.stderr)", Outcome.FAILED, 0, "no"),
    "the grader's failure": (
        "from autograder import AutograderError\nraise AutograderError('ours')",
        Outcome.OPEN,
        0,
        "AutograderError: ours",
    ),
    "a failed check": (
        "from autograder import run\nrun(lambda: 1).returns(2)",
        Outcome.FAILED,
        0,
        "expected: returns 2",
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_check_ends_as_nbgrader_would_take_it(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    source, outcome, points, why = CELLS[case]
    result = run_check(CheckCell("check", "A check", source, 4))
    assert (result.outcome, result.points) == (outcome, points)
    assert why in result.why
    assert bool(result.card) == bool(why)
    assert capfd.readouterr() == ("", "")


def test_interrupt_comes_out() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_check(CheckCell("check", "A check", "raise KeyboardInterrupt", 4))


def test_checks_leave_each_other_nothing() -> None:
    run_check(CheckCell("one", "One", "mine = 1", 1))
    assert "NameError" in run_check(CheckCell("two", "Two", "mine", 1)).why
