"""A gradebook on a PostgreSQL server, through nbgrader's own setting `db_url`."""

import contextlib
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.errors import AutograderError
from autograder.grading import batch
from tests.grading.conftest import TinyCourse

_numbers = itertools.count()
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Server:
    """A server of its own: data and socket in a folder, no network, nothing kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # The server refuses to run as root; it is then run as the user whom Debian made for it.
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(folder, self.user)
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "course", "--no-sync")
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n")
            settings.write("fsync = off\n")
        self.start()

    def database(self, name: str) -> str:
        """The URL of a new, empty database."""
        self._run("createdb", "-h", str(self.folder), "-U", "course", name)
        return f"postgresql+psycopg://course@/{name}?host={self.folder}"

    def close(self) -> None:
        self.control("-m", "fast", "stop")

    def start(self) -> None:
        self.control("-l", "log", "start")

    def control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", "data", "-w", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": self.user} if os.geteuid() == 0 else {}
        subprocess.run(
            [PROGRAMS[-1] / program, *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            check=True,
            **user,  # type: ignore[call-overload]
        )


@contextlib.contextmanager
def running() -> Iterator[Server]:
    if not PROGRAMS:
        pytest.skip("a PostgreSQL server is not installed")
    with tempfile.TemporaryDirectory(prefix="postgresql-", dir="/tmp") as folder:
        started = Server(Path(folder))
        try:
            yield started
        finally:
            started.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture
def course(server: Server, tmp_path: Path, empty_gradebook: Path) -> TinyCourse:
    return course_on(server, tmp_path, empty_gradebook)


def course_on(server: Server, tmp_path: Path, empty_gradebook: Path) -> TinyCourse:
    url = server.database(f"course_{next(_numbers)}")
    tiny = TinyCourse(tmp_path, empty_gradebook, f"\nc.CourseDirectory.db_url = {url!r}\n")
    (tmp_path / "gradebook.db").unlink()  # nothing falls back on it
    tiny.url = url  # type: ignore[attr-defined]
    return tiny


def wrong(notebook: Any) -> None:
    next(cell for cell in notebook.cells if cell.id == "two").source = "def two():\n    return 3"


def grade(tiny: TinyCourse, **options: Any) -> dict[str, Any]:
    found = batch.find(tiny.course, [], None)
    return {each.student: each for each in batch.run(tiny.course, found, **options)}


def scores(tiny: Any) -> dict[str, float]:
    with Gradebook(tiny.url, "ipc") as gradebook:
        return {each.student.id: each.score for each in gradebook.assignment_submissions("t")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_marks_are_on_the_server_and_nowhere_else(course: TinyCourse, jobs: int) -> None:
    course.submit("ada")
    course.submit("ben", wrong)
    results = grade(course, jobs=jobs)
    assert {name: result.score for name, result in results.items()} == {"ada": 100, "ben": 50}
    assert scores(course) == {"ada": 100, "ben": 50}
    assert not (course.course.root / "gradebook.db").exists()
    assert all(result.unchanged for result in grade(course).values())


def test_points_and_comments_by_hand_stay(course: Any) -> None:
    course.submit("ben", wrong)
    grade(course)
    with Gradebook(course.url, "ipc") as gradebook:
        gradebook.find_grade("two-check", "t", "t", "ben").manual_score = 30
        gradebook.find_comment("two", "t", "t", "ben").manual_comment = "nearly"
        gradebook.db.commit()
    assert grade(course, force=True, jobs=2)["ben"].score == 80
    assert "nearly" in (course.course.root / "feedback/ben/t/t.html").read_text()
    assert scores(course) == {"ben": 80}


def test_a_server_that_is_not_there_is_one_line(
    course: TinyCourse, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from autograder.cli import main

    course.submit("ada")
    with (course.course.root / "nbgrader_config.py").open("a") as config:
        config.write("c.CourseDirectory.db_url = 'postgresql+psycopg://me:secret@127.0.0.1:1/x'\n")
    monkeypatch.chdir(course.course.root)
    assert main(["grade"]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    assert "the gradebook postgresql" in said
    assert "secret" not in said


def test_a_server_that_ends_on_the_way_is_one_line_and_nothing_is_lost(
    tmp_path: Path, empty_gradebook: Path
) -> None:
    (tmp_path / "course").mkdir()
    with running() as server:
        course = course_on(server, tmp_path / "course", empty_gradebook)
        for student in ("ada", "ben", "carla"):
            course.submit(student, wrong if student == "ben" else None)
        results = batch.run(course.course, batch.find(course.course, [], None))
        assert next(results).score == 100
        server.control("-m", "fast", "stop")
        with pytest.raises(AutograderError, match="the gradebook postgresql"):
            list(results)
        server.start()
        again = grade(course)
        assert {name: each.score for name, each in again.items()} == {
            "ada": 100,
            "ben": 50,
            "carla": 100,
        }
        assert again["ada"].unchanged
        assert scores(course) == {"ada": 100, "ben": 50, "carla": 100}
