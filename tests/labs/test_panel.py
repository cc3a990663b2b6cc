"""The panel of an exercise: it runs the notebook's own checks, and keeps what they said."""

import json
import linecache
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Widget

from autograder.labs import panel_results, panel_view
from autograder.labs.panel_text import MARKS
from autograder.labs.panel_view import Panel
from autograder.notebook.check_run import Outcome
from autograder.notebook.exercises import find_exercise

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests/submissions/pipes/ping_pong"
RIGHT = (ANSWERS / "correct/counted_rounds.py").read_text()
DEADLOCK = (ANSWERS / "wrong/child_keeps_its_write_end.py").read_text()
STUB = 'def ping_pong(messages, reply):\n    """Doc."""\n    raise NotImplementedError("later")\n'
CHECKS = ("ping-pong-check-answers", "ping-pong-check-tidy")

Answer = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A student's copy of an assignment, in a course that has its solutions."""
    shutil.copytree(ROOT / "source/pipes", tmp_path / "source/pipes")
    shutil.copytree(ROOT / "release/pipes", tmp_path / "work/pipes")
    return tmp_path / "work/pipes"


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answer]:
    """Puts an answer where a notebook's cells are: in `__main__`."""
    count = 0

    def put(source: str) -> None:
        nonlocal count
        count += 1
        file = f"<answer {count}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        space: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(source, file, "exec"), space)
        for name, value in space.items():
            if callable(value):
                monkeypatch.setattr(sys.modules["__main__"], name, value, raising=False)

    yield put
    Widget.close_all()
    for number in range(1, count + 1):
        linecache.cache.pop(f"<answer {number}>", None)


def opened(folder: Path, name: str = "ping_pong") -> Panel:
    exercise = find_exercise(name, folder)
    assert exercise is not None
    return Panel(exercise, vars(sys.modules["__main__"]))


def outcomes(panel: Panel) -> list[str]:
    return [str(panel.progress.results[name].outcome) for name in CHECKS]


def test_exercise_is_what_the_saved_notebook_says(folder: Path) -> None:
    exercise = find_exercise("ping_pong", folder)
    assert exercise is not None
    assert [check.name for check in exercise.checks] == list(CHECKS)
    assert exercise.points == 7
    assert exercise.hidden == ("many messages of every allowed size, and none at all",)
    source = find_exercise("ping_pong", folder.parents[1] / "source/pipes")
    assert source is not None
    assert source.hidden == exercise.hidden, "a hidden check stays hidden where its text is known"
    assert find_exercise("no_such", folder) is None


def test_run_shows_what_failed_and_why_with_a_picture(folder: Path, answer: Answer) -> None:
    answer(DEADLOCK)
    panel = opened(folder)
    assert "not run" in panel.parts["checks"].value
    panel.run.click()
    assert outcomes(panel) == ["failed", "failed"]
    assert "0 of 2 visible checks passed, 0 of 7 points" in panel.parts["progress"].value
    why = panel.parts["why"].value
    assert "reader-holds-write-end" in why
    assert "os.close(there_write)" in why
    assert "<svg" in why
    assert why.count('<details class="ag-why" open>') == 1, "the first card is open, no other"
    assert not panel.run.disabled


def test_last_result_survives_the_kernel(folder: Path, answer: Answer) -> None:
    answer(DEADLOCK)
    panel = opened(folder)
    panel.run.click()
    again = opened(folder)
    assert outcomes(again) == ["failed", "failed"]
    assert again.progress.when == panel.progress.when
    assert "reader-holds-write-end" in again.parts["why"].value
    answer(RIGHT)
    again.run.click()
    third = opened(folder)
    assert outcomes(third) == ["passed", "passed"]
    assert third.parts["why"].value == ""
    assert [path.name for path in (folder / ".progress").iterdir()] == ["ping_pong.json"]


def test_checks_run_on_the_function_as_it_is_now(folder: Path, answer: Answer) -> None:
    panel = opened(folder)
    panel.run.click()
    assert "define it and run its cell first" in panel.parts["why"].value
    answer(RIGHT)
    panel.run.click()
    assert outcomes(panel) == ["passed", "passed"]
    assert "2 of 2 visible checks passed, 7 of 7 points" in panel.parts["progress"].value


def test_interrupt_leaves_the_rest_not_run(
    folder: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(RIGHT)
    run_check = panel_view.run_check

    def interrupted(check: Any) -> Any:
        if check.name == CHECKS[1]:
            raise KeyboardInterrupt
        return run_check(check)

    monkeypatch.setattr(panel_view, "run_check", interrupted)
    panel = opened(folder)
    panel.run.click()
    assert set(panel.progress.results) == {CHECKS[0]}
    assert "Interrupted" in panel.note.value
    assert "not run, 3 points" in panel.parts["checks"].value
    assert not panel.run.disabled
    assert "1 of 2" in opened(folder).parts["progress"].value


def test_hints_come_one_at_a_time_and_are_remembered(folder: Path) -> None:
    panel = opened(folder)
    assert panel.parts["help"].value == ""
    for given in (1, 2):
        panel.hint.click()
        assert panel.parts["help"].value.count("<li>") == given
    again = opened(folder)
    assert again.parts["help"].value.count("<li>") == 2
    assert not again.hint.disabled
    again.hint.click()
    assert again.hint.disabled


def test_solution_opens_after_three_different_attempts(folder: Path, answer: Answer) -> None:
    panel = opened(folder)
    answer(STUB)
    panel.run.click()
    assert panel.progress.attempts == (), "the released stub is no attempt"
    for number, made in enumerate((DEADLOCK, "# a comment\n" + DEADLOCK, DEADLOCK + "\nx = 1\n")):
        answer(made)
        panel.run.click()
        assert len(panel.progress.attempts) == (1, 1, 2)[number]
    assert panel.show.disabled
    assert "so far 2" in panel.show.tooltip
    answer(DEADLOCK + "\nx = 2\n")
    panel.run.click()
    assert not panel.show.disabled
    panel.show.click()
    shown = panel.parts["answer"].value
    assert "os.close(there_write)" in shown
    assert "SOLUTION" not in shown


def test_solution_opens_when_all_checks_pass(folder: Path, answer: Answer) -> None:
    answer(RIGHT)
    panel = opened(folder)
    assert panel.show.disabled
    panel.run.click()
    assert not panel.show.disabled


def test_without_solutions_there_is_no_such_button(folder: Path) -> None:
    shutil.rmtree(folder.parents[1] / "source")
    panel = opened(folder)
    labels = [button.description for button in panel.widget.children[1].children]
    assert labels == ["Run checks", "Hint"]


BAD = {
    "no JSON": b"{",
    "no object": b"[]",
    "no text": b"\xff\xfe",
    "another schema": b'{"schema": 2, "when": "", "hints": 0, "attempts": [], "results": {}}',
    "no outcome": b'{"schema": 1, "when": "", "hints": 0, "attempts": [],'
    b' "results": {"a": {"outcome": "perfect", "points": 1, "why": ""}}}',
    "no time": b'{"schema": 1, "when": "x", "hints": 0, "attempts": [], "results": {}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_file_that_cannot_be_read_is_told_and_kept(folder: Path, content: bytes) -> None:
    path = panel_results.path_of(folder, "ping_pong")
    path.parent.mkdir()
    path.write_bytes(content)
    panel = opened(folder)
    assert panel.note.value.count("cannot be read") == 1
    panel.hint.click()
    assert path.with_suffix(".unreadable-1").read_bytes() == content
    assert json.loads(path.read_text())["hints"] == 1
    path.write_bytes(content)
    opened(folder).hint.click()
    assert path.with_suffix(".unreadable-2").read_bytes() == content


def test_text_of_the_file_is_data(folder: Path) -> None:
    path = panel_results.path_of(folder, "ping_pong")
    path.parent.mkdir()
    evil = "<script>alert(1)</script>"
    about = {"outcome": "failed", "points": 0, "why": evil}
    path.write_text(
        json.dumps(
            {
                "schema": 1,
                "when": "2026-01-01T10:00+00:00",
                "hints": 0,
                "attempts": [evil],
                "results": {CHECKS[0]: about, evil: about},
            }
        )
    )
    panel = opened(folder)
    seen = "".join(part.value for part in panel.parts.values()) + panel.note.value
    assert "<script" not in seen
    assert "&lt;script&gt;" in seen


def test_result_that_cannot_be_kept_is_told(folder: Path, answer: Answer) -> None:
    (folder / ".progress").write_text("a file in the way")
    answer(RIGHT)
    panel = opened(folder)
    panel.run.click()
    assert "could not be kept" in panel.note.value
    assert outcomes(panel) == ["passed", "passed"]


def test_outcomes_have_a_word_and_a_mark_each() -> None:
    assert set(Outcome) < set(MARKS)
    assert len({mark for mark, _ in MARKS.values()}) == len(MARKS)
