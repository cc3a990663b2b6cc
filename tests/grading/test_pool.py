"""Several submissions at once: the same results, whoever is killed on the way."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.grading import batch
from autograder.grading.result import Status
from autograder.observe.procfs import Vanished, command_line, descendants_of

STUDENTS = ("ada", "ben", "carla", "deniz")


def wrong(notebook: Any) -> None:
    next(cell for cell in notebook.cells if cell.id == "two").source = "def two():\n    return 3"


@pytest.fixture
def class_of_four(tiny: Any) -> Any:
    for student in STUDENTS:
        tiny.submit(student, wrong if student in ("ben", "deniz") else None)
    return tiny


EXPECTED = {"ada": 100, "ben": 50, "carla": 100, "deniz": 50}


def grade(tiny: Any, **options: Any) -> dict[str, Any]:
    results = batch.run(tiny.course, batch.find(tiny.course, [], None), **options)
    return {result.student: result for result in results}


def scores_in_gradebook(tiny: Any) -> dict[str, float]:
    with Gradebook(f"sqlite:///{tiny.course.root}/gradebook.db", "ipc") as gradebook:
        return {each.student.id: each.score for each in gradebook.assignment_submissions("t")}


def processes_of(pid: int, module: str) -> list[int]:
    """Descendants that run a module of the package, or a worker of multiprocessing."""
    found = []
    for each in descendants_of(pid):
        try:
            if module in " ".join(command_line(each)):
                found.append(each)
        except Vanished:
            continue
    return found


def until(condition: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def test_two_workers_come_to_the_same_as_one(class_of_four: Any) -> None:
    several = grade(class_of_four, jobs=2)
    assert {name: result.score for name, result in several.items()} == EXPECTED
    assert scores_in_gradebook(class_of_four) == EXPECTED
    one = grade(class_of_four, jobs=1, force=True)
    assert {name: result.checks for name, result in one.items()} == {
        name: result.checks for name, result in several.items()
    }


def test_points_given_by_hand_stay_whoever_grades(class_of_four: Any) -> None:
    grade(class_of_four)
    url = f"sqlite:///{class_of_four.course.root}/gradebook.db"
    with Gradebook(url, "ipc") as gradebook:
        gradebook.find_grade("two-check", "t", "t", "ben").manual_score = 30
        gradebook.find_comment("two", "t", "t", "ben").manual_comment = "nearly"
        gradebook.db.commit()
    assert grade(class_of_four, jobs=2, force=True)["ben"].score == 80
    page = class_of_four.course.root / "feedback/ben/t/t.html"
    assert "nearly" in page.read_text()
    with Gradebook(url, "ipc") as gradebook:
        assert gradebook.find_comment("two", "t", "t", "ben").comment == "nearly"


def _graded_by_command(tiny: Any, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "autograder.cli", "grade", "--jobs", "2", *options]
    return subprocess.Popen(
        command, cwd=tiny.course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_killed_worker_has_its_submission_graded_by_another(class_of_four: Any) -> None:
    with _graded_by_command(class_of_four) as grading:
        first, *_ = until(lambda: processes_of(grading.pid, "judge_interpreter"))
        worker = int(Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(worker, signal.SIGKILL)
        assert grading.wait() == 0
    assert scores_in_gradebook(class_of_four) == EXPECTED


@pytest.mark.parametrize("seed", range(4))
def test_killed_batch_is_completed_by_the_next_one(class_of_four: Any, seed: int) -> None:
    """Killed at a random point, a little later each time, until one comes through."""
    chance = random.Random(seed)
    for attempt in range(20):
        with _graded_by_command(class_of_four) as grading:
            try:
                code = grading.wait(timeout=chance.uniform(0.5, 2.5) + attempt)
            except subprocess.TimeoutExpired:
                inside = list(descendants_of(grading.pid))
                grading.kill()
                grading.wait()
                until(lambda pids=inside: not any(map(_alive, pids)))
                continue
        assert code == 0
        break
    again = grade(class_of_four)
    assert {name: result.score for name, result in again.items()} == EXPECTED
    assert all(result.unchanged for result in again.values())
    assert scores_in_gradebook(class_of_four) == EXPECTED
    for student in STUDENTS:
        for step in ("autograded", "feedback"):
            files = list((class_of_four.course.root / step / student / "t").iterdir())
            assert len(files) == 1, files
    assert not list(class_of_four.course.state.glob("staging-*"))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_worker_that_always_dies_is_the_graders_failure(
    class_of_four: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.worker.grade", _dies)
    results = grade(class_of_four, jobs=2)
    assert {result.status for result in results.values()} == {Status.FAILED}
    assert all("killed" in " ".join(result.notes) for result in results.values())
    assert scores_in_gradebook(class_of_four) == {}


def _dies(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
