"""A closed world: Python, programs and its own folders, and nothing else of the machine."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from autograder import run
from autograder.sandbox import isolation, world

HERE = Path(__file__).resolve()


@pytest.fixture(autouse=True)
def _closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(isolation.VARIABLE, isolation.NAMESPACES)
    failed = [probe for probe in isolation.probe_namespaces() if not probe.ok]
    if failed:
        pytest.skip(f"unavoidable: namespaces are not available: {failed[0].detail}")
    monkeypatch.setattr(world, "_closed", True)


def test_course_home_and_temporary_files_are_not_there(tmp_path: Path) -> None:
    root = str(HERE.parents[2])
    paths = [str(tmp_path), str(HERE), f"{root}/source", os.path.expanduser("~/.ssh"), "/var/log"]
    run(lambda: [path for path in paths if os.path.exists(path)]).returns([])


def test_package_and_programs_are_there() -> None:
    def look() -> tuple[str, str]:
        import autograder

        done = subprocess.run("echo hello | tr a-z A-Z", shell=True, capture_output=True)
        return autograder.__name__, done.stdout.decode()

    run(look).returns(("autograder", "HELLO\n"))


def test_only_scratch_can_be_written() -> None:
    def write() -> list[str]:
        package = os.path.dirname(os.__file__)
        refused = []
        for folder in (package, "/usr/bin", "/proc/sys/kernel"):
            try:
                with open(f"{folder}/planted", "w"):
                    pass
            except OSError:
                refused.append(folder)
        with open("allowed", "w") as stream:
            stream.write("x")
        return refused

    assert len(run(write).value) == 3


def test_old_root_cannot_be_reached() -> None:
    def climb() -> list[str]:
        found = []
        for start in ("/proc/1/root", "/proc/self/root", "../" * 40):
            with_source = os.path.join(start, str(HERE).lstrip("/"))
            if os.path.exists(with_source):
                found.append(start)
        return found

    run(climb).returns([])


def test_there_is_no_network_but_loopback() -> None:
    def names() -> list[str]:
        return [name for _, name in socket.if_nameindex()]

    run(names).returns(["lo"])


def test_what_a_run_writes_is_gone_with_it() -> None:
    def leave() -> None:
        with open("/tmp/left", "w") as stream:
            stream.write("x")

    run(leave).returns(None)
    run(lambda: os.path.exists("/tmp/left")).returns(False)
    assert not os.path.exists("/tmp/left")
