"""The lecture's programs in C compile without a warning and do what the lessons say."""

import subprocess
from pathlib import Path

import pytest

from tests.course.conftest import ROOT

SOURCES = sorted((ROOT / "notebooks" / "c").glob("*.c"))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with every program in it, compiled; a warning is an error."""
    for source in SOURCES:
        flags = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-g"]
        subprocess.run(["gcc", *flags, source, "-o", tmp_path / source.stem], check=True)
    return tmp_path


def _run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=20)


def test_pipe_fork_brings_the_five_bytes_to_the_parent(built: Path) -> None:
    done = _run(built / "pipe_fork", folder=built)
    assert (done.returncode, done.stderr) == (0, b"")
    assert sorted(done.stdout.splitlines()) == [
        b" CHILD: exiting",
        b" CHILD: writing to the pipe",
        b'PARENT: read 5 bytes, "test"',
        b"PARENT: reading from the pipe",
    ]


def test_ls_wc_counts_the_files(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "some files"
    folder.mkdir()
    for name in "abc":
        (folder / name).touch()
    done = _run(built / "ls_wc", folder=folder)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, b"3", b"")


def test_ls_wc_ends_when_exec_fails(built: Path) -> None:
    done = _run("env", "PATH=/nowhere", built / "ls_wc", folder=built)
    assert done.returncode == 127
    assert sorted(done.stderr.splitlines()) == [
        b"ls: No such file or directory",
        b"wc: No such file or directory",
    ]


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "0<&- 1>&-"])
def test_ls_wc_ends_with_standard_descriptors_closed(built: Path, closed: str) -> None:
    done = _run("sh", "-c", f"./ls_wc {closed}", folder=built)
    counted = b"1>&-" not in closed.encode()
    assert done.returncode == (0 if counted else 1)
    assert done.stdout.strip() == (str(len(SOURCES)).encode() if counted else b"")


def test_frame_writer_sends_length_and_bytes(built: Path) -> None:
    done = _run(built / "frame_writer", "one", "", "x" * 300, folder=built)
    assert done.returncode == 0
    assert done.stdout == b"\0\0\0\3one" + b"\0\0\0\0" + b"\0\0\1\x2c" + b"x" * 300


def test_frame_writer_reports_a_failed_write(built: Path) -> None:
    done = _run("sh", "-c", "./frame_writer word > /dev/full", folder=built)
    assert done.returncode == 1
    assert b"No space left" in done.stderr
