"""What happens the second time: nothing needless, nothing lost."""

from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.errors import UsageError
from autograder.grading import batch, grader
from autograder.grading.result import Result, Status


def grade(tiny: Any, **options: Any) -> Result:
    (result,) = batch.run(tiny.course, batch.find(tiny.course, [], None), **options)
    return result


def opened(tiny: Any) -> Gradebook:
    return Gradebook(f"sqlite:///{tiny.course.root}/gradebook.db", "ipc")


def wrong(notebook: Any) -> None:
    next(cell for cell in notebook.cells if cell.id == "two").source = "def two():\n    return 3"


def test_an_unchanged_submission_is_not_graded_again(tiny: Any) -> None:
    tiny.submit("alice")
    first = grade(tiny)
    second = grade(tiny)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert (first.score, first.checks) == (second.score, second.checks)


def test_force_grades_it_again(tiny: Any) -> None:
    tiny.submit("alice")
    grade(tiny)
    assert not grade(tiny, force=True).unchanged


def test_a_resubmission_is_graded_without_a_timestamp(tiny: Any) -> None:
    tiny.submit("alice", wrong)
    assert grade(tiny).score == 50
    tiny.submit("alice")
    assert grade(tiny).score == 100


def test_a_mended_check_is_applied_to_all(tiny: Any) -> None:
    tiny.submit("alice", wrong)
    assert grade(tiny).score == 50
    check = next(cell for cell in tiny.source.cells if cell.id == "two-check")
    check.source = (
        "# Check: two or three\nfrom autograder import run\nassert run('two').value in (2, 3)"
    )
    tiny.write_source()
    assert grade(tiny).score == 100


def test_a_manual_score_survives(tiny: Any) -> None:
    tiny.submit("alice", wrong)
    grade(tiny)
    with opened(tiny) as gradebook:
        gradebook.find_grade("two-check", "t", "t", "alice").manual_score = 30
        gradebook.db.commit()
    assert grade(tiny).score == 80
    assert grade(tiny, force=True).score == 80


def test_a_grader_that_fails_keeps_the_earlier_result(
    tiny: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.submit("alice")
    grade(tiny)
    page = tiny.course.root / "feedback/alice/t/t.html"
    before = page.read_bytes()

    def broken(*_: Any) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(grader, "_convert", broken)
    result = grade(tiny, force=True)
    assert (result.status, result.notes) == (Status.FAILED, ("RuntimeError: no disk",))
    assert page.read_bytes() == before


def test_a_failure_of_the_grader_leaves_the_mark_open(tiny: Any) -> None:
    check = next(cell for cell in tiny.source.cells if cell.id == "two-check")
    check.source = (
        "# Check: the sandbox is broken\nfrom autograder.errors import SandboxError\n"
        "raise SandboxError('no world')"
    )
    tiny.write_source()
    tiny.submit("alice")
    result = grade(tiny)
    assert result.status is Status.FAILED
    assert result.notes == ("no mark yet for two-check: SandboxError: no world",)
    with opened(tiny) as gradebook:
        grade_row = gradebook.find_grade("two-check", "t", "t", "alice")
        assert (grade_row.auto_score, grade_row.needs_manual_grade) == (None, True)


@pytest.mark.parametrize("last", ["-1", "float('nan')", "51"])
def test_a_check_that_ends_on_a_senseless_number_leaves_the_mark_open(tiny: Any, last: str) -> None:
    check = next(cell for cell in tiny.source.cells if cell.id == "two-check")
    check.source = f"# Check: a number\n{last}"
    tiny.write_source()
    tiny.submit("alice")
    assert grade(tiny).status is Status.FAILED


def test_partial_credit_counts(tiny: Any) -> None:
    check = next(cell for cell in tiny.source.cells if cell.id == "two-check")
    check.source = "# Check: a number\n12.5"
    tiny.write_source()
    tiny.submit("alice")
    assert grade(tiny).score == 62.5


def test_two_gradings_at_once_are_refused(tiny: Any) -> None:
    tiny.submit("alice")
    tiny.submit("bob")
    first = batch.run(tiny.course, batch.find(tiny.course, [], None))
    next(first)
    with pytest.raises(UsageError, match="Another grading"):
        next(batch.run(tiny.course, batch.find(tiny.course, [], None)))
    first.close()


def test_the_release_is_left_alone(tiny: Any) -> None:
    tiny.submit("alice")
    grade(tiny)
    assert not tiny.course.release("t").exists()


def test_what_a_killed_grading_left_is_removed(tiny: Any) -> None:
    tiny.submit("alice")
    left: Path = tiny.course.state / "staging-killed"
    left.mkdir(parents=True)
    grade(tiny)
    assert not left.exists()


@pytest.mark.parametrize(
    ("assignments", "student", "words"),
    [
        (["nothing"], None, "no assignment 'nothing'"),
        (["t"], "nobody", "no submission of nobody for t"),
    ],
)
def test_what_is_not_there_is_said(
    tiny: Any, assignments: list[str], student: str | None, words: str
) -> None:
    tiny.submit("alice")
    with pytest.raises(UsageError, match=words):
        batch.find(tiny.course, assignments, student)
