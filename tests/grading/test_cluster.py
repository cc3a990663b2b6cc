"""Workers of a Dask scheduler: the same results as on this machine, also when one of them dies."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import batch, cluster
from autograder.observe.procfs import Vanished, command_line, descendants_of
from tests.grading.test_pool import (
    EXPECTED,
    class_of_four,  # noqa: F401 - a fixture
    scores_in_gradebook,
    until,
)

ROOT = Path(__file__).parents[2]
QUIET = {
    "DASK_DISTRIBUTED__DASHBOARD__ENABLED": "False",
    "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
    "PYTHONPATH": str(ROOT),
}
START_SECONDS = 60


class Cluster:
    """A scheduler and two workers on this machine, each a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs: list[subprocess.Popen[bytes]] = []
        log = self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")
        found = until(lambda: re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text()))
        self.address: str = found[1]
        for number in range(2):
            name = f"worker{number}"
            self._start(name, "worker", self.address, "--nworkers", "1", "--name", name)
        until(lambda: all("Registered to" in self._log(f"worker{i}").read_text() for i in (0, 1)))

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _start(self, name: str, *arguments: str) -> Path:
        command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + arguments[0]]
        if arguments[0] == "scheduler":
            command += ["--no-dashboard"]
        else:
            command += ["--no-dashboard", "--nthreads", "2", "--local-directory", str(self.folder)]
        with self._log(name).open("wb") as log:
            self.programs.append(
                subprocess.Popen(
                    [*command, *arguments[1:]],
                    env={**os.environ, **QUIET},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            )
        return self._log(name)

    def judges(self) -> list[int]:
        """The judge interpreters of the workers."""
        found = []
        for program in self.programs[1:]:
            for pid in descendants_of(program.pid):
                try:
                    if "judge_interpreter" in " ".join(command_line(pid)):
                        found.append(pid)
                except Vanished:
                    continue
        return found

    def close(self) -> None:
        for program in reversed(self.programs):
            program.send_signal(signal.SIGINT)
        for program in self.programs:
            program.wait(START_SECONDS)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("dask"))
    try:
        yield made
    finally:
        made.close()


def command(tiny: Any, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "autograder.cli", "grade", *options],
        cwd=tiny.course.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_workers_come_to_the_same_as_this_machine(dask: Cluster, class_of_four: Any) -> None:  # noqa: F811
    with command(class_of_four, "--scheduler", dask.address) as grading:
        said, _ = grading.communicate()
    assert grading.returncode == 0, said
    assert scores_in_gradebook(class_of_four) == EXPECTED
    found = batch.find(class_of_four.course, [], None)
    by_cluster = {each.student: each for each in batch.run(class_of_four.course, found)}
    here = {each.student: each for each in batch.run(class_of_four.course, found, force=True)}
    for name, result in by_cluster.items():
        assert result.unchanged
        assert result.checks == here[name].checks


def test_a_second_batch_finds_the_same_workers_ready(dask: Cluster, class_of_four: Any) -> None:  # noqa: F811
    for _ in range(2):
        with command(class_of_four, "--force", "--scheduler", dask.address) as grading:
            said, _ = grading.communicate()
        assert grading.returncode == 0, said
    assert scores_in_gradebook(class_of_four) == EXPECTED


def test_a_worker_that_dies_has_its_submissions_run_again(
    tmp_path: Path,
    class_of_four: Any,  # noqa: F811
) -> None:
    (tmp_path / "dask").mkdir()
    dask = Cluster(tmp_path / "dask")
    try:
        with command(class_of_four, "--scheduler", dask.address) as grading:
            judging = until(dask.judges)[0]
            worker = Path(f"/proc/{judging}/stat").read_text().rpartition(")")[2].split()[1]
            os.kill(int(worker), signal.SIGKILL)
            said, _ = grading.communicate()
    finally:
        dask.close()
    assert grading.returncode == 0, said
    assert scores_in_gradebook(class_of_four) == EXPECTED


def test_interrupted_grading_ends_and_leaves_the_workers(dask: Cluster, class_of_four: Any) -> None:  # noqa: F811
    with command(class_of_four, "--force", "--scheduler", dask.address) as grading:
        until(lambda: list(class_of_four.course.state.glob("staging-*")))
        grading.send_signal(signal.SIGINT)
        said, _ = grading.communicate()
    assert grading.returncode == 130, said
    assert "Traceback" not in said
    with command(class_of_four, "--scheduler", dask.address) as grading:
        said, _ = grading.communicate()
    assert grading.returncode == 0, said
    assert scores_in_gradebook(class_of_four) == EXPECTED


def test_a_scheduler_without_workers_is_named(tmp_path: Path, class_of_four: Any) -> None:  # noqa: F811
    alone = Cluster.__new__(Cluster)
    alone.folder, alone.programs = tmp_path, []
    log = alone._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")
    try:
        address = until(lambda: re.search(r"Scheduler at:\s+(tcp://\S+)", log.read_text()))[1]
        with command(class_of_four, "--scheduler", address) as grading:
            said, _ = grading.communicate()
    finally:
        alone.close()
    assert (grading.returncode, said.count("\n")) == (2, 1), said
    assert "has no workers yet" in said


def test_a_worker_that_does_not_see_the_course_is_named(dask: Cluster) -> None:
    with (
        pytest.raises(cluster.UsageError, match="does not see /nowhere"),
        cluster.connected(dask.address, Path("/nowhere")),
    ):
        pass


def test_another_version_of_the_package_is_refused(
    dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.cache.package_digest", lambda: "another")
    with (
        pytest.raises(cluster.UsageError, match="another version"),
        cluster.connected(dask.address, ROOT),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nonsense", "tcp://"])
def test_an_address_where_nobody_answers_is_named(address: str) -> None:
    with (
        pytest.raises(cluster.UsageError, match="no scheduler answers"),
        cluster.connected(address, ROOT),
    ):
        pass
