"""Hints: one more at each call, any of them by its number, and a clear line for everything else."""

from pathlib import Path

import pytest

from autograder import hint
from autograder.checks.hints import FILE

TEXT = """
juggle = ["Use your hands.", "Use both.", "Throw higher."]
whistle = ["Purse your lips.", "Blow.", "Less."]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / FILE).write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_call_gives_one_more_and_the_last_one_stays() -> None:
    given = [repr(hint("juggle")) for _ in range(4)]
    assert given == [
        "**Hint 1 of 3.** Use your hands. Call it again for more.",
        "**Hint 2 of 3.** Use both. Call it again for more.",
        "**Hint 3 of 3.** Throw higher.",
        "**Hint 3 of 3.** Throw higher.",
    ]
    assert "Purse" in repr(hint("whistle"))


def test_hint_with_a_number_does_not_count() -> None:
    assert "Use both." in repr(hint("juggle", 2))
    assert "Use your hands." in repr(hint("juggle"))


@pytest.mark.parametrize("step", [0, 4, -1])
def test_number_that_is_not_there_is_answered(step: int) -> None:
    assert repr(hint("juggle", step)) == "The hints for juggle have the numbers 1 to 3."


def test_unknown_exercise_is_answered_with_the_known_ones() -> None:
    assert repr(hint("juggel")) == "There is no exercise 'juggel' here. There are: juggle, whistle."


def test_folder_without_hints_is_answered(folder: Path) -> None:
    (folder / FILE).unlink()
    assert "no hints in this folder" in repr(hint("juggle"))


@pytest.mark.parametrize("content", [b"juggle = [", b"\xff", b"juggle = 3"])
def test_file_that_is_no_list_of_hints_is_answered(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    assert "cannot be read" in repr(hint("juggle"))


def test_nothing_is_written_to_a_stream(capfd: pytest.CaptureFixture[str]) -> None:
    shown = hint("juggle")
    assert capfd.readouterr() == ("", "")
    assert shown._repr_markdown_() == repr(shown)
