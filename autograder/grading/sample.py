"""The sample class: students as a TA meets them, built from the answers in `tests/submissions/`.

`python -m autograder.grading.sample FOLDER` makes a course of its own in FOLDER (source/,
submitted/, nbgrader_config.py), so that grading it leaves the repository as it is. What is there
and unchanged stays, with its grades; another source starts the sample course anew.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from autograder.errors import UsageError
from autograder.grading.course import CONFIG_NAME, Course

ASSIGNMENT = "pipes"
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
HANDED_IN = "2026-11-20 18:00:00 UTC"
SOLVED = "solved"  # the instructor's own answer, wherever a student's answer is asked for
_EXERCISES = ("ping_pong", "pipe_two", "frames", "capture", "sieve", "pipeline")


@dataclass(frozen=True)
class Student:
    """One student: the answers by exercise, and what then happens to the notebook or its folder."""

    name: str
    story: str
    answers: dict[str, str] = field(default_factory=dict)
    change: Callable[[Any], None] = lambda notebook: None
    spoil: Callable[[Path], None] = lambda folder: None


def _all(answer: str = SOLVED, **others: str) -> dict[str, str]:
    return {**dict.fromkeys(_EXERCISES, answer), **others}


def _cell(notebook: Any, name: str) -> int:
    return next(index for index, cell in enumerate(notebook.cells) if cell.id == name)


def _crash(notebook: Any) -> None:
    crash = v4.new_code_cell(
        "import ctypes\n\nctypes.string_at(0)  # what is at address 0?", id="my-experiment"
    )
    notebook.cells.insert(_cell(notebook, "capture-solution"), crash)


def _try_it(notebook: Any) -> None:
    trial = v4.new_code_cell('ping_pong([b"ping"], bytes.upper)', id="my-trial")
    notebook.cells.insert(_cell(notebook, "ping-pong-solution") + 1, trial)


def _duplicate(notebook: Any) -> None:
    index = _cell(
        notebook,
        "frames-check-borders" if _has(notebook, "frames-check-borders") else "frames-solution",
    )
    copy = nbformat.from_dict(dict(notebook.cells[index]))
    copy.id = "pasted-copy"
    notebook.cells.insert(index, copy)


def _has(notebook: Any, name: str) -> bool:
    return any(cell.id == name for cell in notebook.cells)


def _delete_checks(notebook: Any) -> None:
    notebook.cells = [cell for cell in notebook.cells if not cell.id.startswith("ping-pong-check")]


def _forget_kernel(notebook: Any) -> None:
    notebook.metadata.pop("kernelspec", None)


def _cut_short(folder: Path) -> None:
    text = (folder / NOTEBOOK).read_text(encoding="utf-8")
    (folder / NOTEBOOK).write_text(text[: len(text) // 2], encoding="utf-8")


def _unknown_cell(folder: Path) -> None:
    text = (folder / NOTEBOOK).read_text(encoding="utf-8")
    spoiled = text.replace('"cell_type": "markdown"', '"cell_type": "sql"', 1)
    (folder / NOTEBOOK).write_text(spoiled, encoding="utf-8")


def _rename(folder: Path) -> None:
    (folder / NOTEBOOK).rename(folder / f"{ASSIGNMENT}-final(2).ipynb")


def _leave_fifo(folder: Path) -> None:
    os.mkfifo(folder / "mailbox")


CLASS = (
    Student("ada", "everything right", _all()),
    Student("ben", "three of six exercises", dict.fromkeys(_EXERCISES[:3], SOLVED)),
    Student("carla", "handed in what was handed out"),
    Student(
        "deniz", "the classic deadlock: a reader holds the write end",
        _all(ping_pong="wrong/child_keeps_its_write_end", capture="wrong/waits_before_reading"),
    ),
    Student("emil", "an experiment of his own ends the kernel", _all(), change=_crash),
    Student("fatima", "half a file: it is not JSON", _all(), spoil=_cut_short),
    Student("goran", "a cell pasted twice", _all(), change=_duplicate),
    Student("hana", "check cells deleted", _all(), change=_delete_checks),
    Student("ivan", "no kernelspec", _all(), change=_forget_kernel),
    Student("jun", "a cell of an unknown type", _all(), spoil=_unknown_cell),
    Student("kim", "the notebook has another name", _all(), spoil=_rename),
    Student("lea", "a FIFO left beside the notebook", _all(), spoil=_leave_fifo),
    Student(
        "mona", "unusual answers, all of them right",
        _all(
            ping_pong="correct/one_socket_pair",
            pipe_two="correct/posix_spawn",
            frames="correct/struct_and_readv",
        ),
    ),
    Student(
        "noor", "tries an answer in a cell of her own, where it hangs",
        _all(ping_pong="wrong/child_keeps_its_write_end"), change=_try_it,
    ),
)  # fmt: skip


def build(course: Course, folder: Path) -> Course:
    """Make or renew the sample course of `course` in `folder`; return it. Nothing else is touched.

    Raises UsageError when an answer of the class is not in `tests/submissions/`.
    """
    made = Course(folder.resolve())
    if _differs(course.root / "source", made.root / "source") and made.root.exists():
        shutil.rmtree(made.root)
    made.root.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(course.root / CONFIG_NAME, made.root / CONFIG_NAME)
    shutil.copytree(course.root / "source", made.root / "source", dirs_exist_ok=True)
    for student in CLASS:
        submission = made.submitted(student.name, ASSIGNMENT)
        shutil.rmtree(submission, ignore_errors=True)
        submission.mkdir(parents=True)
        _hand_in(course, student, submission)
    return made


def _differs(one: Path, other: Path) -> bool:
    if not other.is_dir():
        return True
    names = {path.relative_to(one) for path in one.rglob("*") if path.is_file()}
    there = {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    return names != there or any(
        not filecmp.cmp(one / name, other / name, shallow=False) for name in names
    )


def _hand_in(course: Course, student: Student, folder: Path) -> None:
    notebook = nbformat.read(course.release(ASSIGNMENT) / NOTEBOOK, as_version=4)
    solved = nbformat.read(course.source(ASSIGNMENT) / NOTEBOOK, as_version=4)
    for exercise, answer in student.answers.items():
        cell = notebook.cells[_cell(notebook, _solution_id(exercise))]
        cell.source = (
            _solution(solved, exercise) if answer == SOLVED else _answer(course, exercise, answer)
        )
    student.change(notebook)
    nbformat.write(notebook, folder / NOTEBOOK)
    (folder / "timestamp.txt").write_text(f"{HANDED_IN}\n", encoding="ascii")
    student.spoil(folder)


def _solution_id(exercise: str) -> str:
    return f"{exercise.replace('_', '-')}-solution"


def _solution(solved: Any, exercise: str) -> str:
    source: str = solved.cells[_cell(solved, _solution_id(exercise))].source
    return re.sub(r"^\s*### (BEGIN|END) SOLUTION\n?", "", source, flags=re.MULTILINE)


def _answer(course: Course, exercise: str, name: str) -> str:
    path = course.root / "tests" / "submissions" / ASSIGNMENT / exercise / f"{name}.py"
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"The sample class needs {path}, which is not there.") from None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the sample class.")
    parser.add_argument("folder", type=Path)
    build(Course.find(), parser.parse_args().folder)
