"""The lecture's programs in C compile without a warning and do what the lessons say."""

import mmap
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sysv_ipc

from autograder.checks.segments import segment_of, taken
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


def test_same_address_has_another_value_in_the_child(built: Path) -> None:
    done = _run(built / "same_address", folder=built)
    assert (done.returncode, done.stderr) == (0, b"")
    child, parent, ended = done.stdout.splitlines()
    assert child.startswith(b" CHILD: number is 2 at address 0x")
    assert parent.startswith(b"PARENT: number is 1 at address 0x")
    assert child.split()[-1] == parent.split()[-1]
    assert ended == b"PARENT: the child's exit code is 7"


@pytest.fixture
def shmdemo(built: Path) -> Iterator[Callable[..., bytes]]:
    """Run shmdemo in a folder with a file of its own, so with a key of its own."""
    (built / "shmdemo.c").touch()

    def demo(*words: str) -> bytes:
        done = _run(built / "shmdemo", *words, folder=built)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout

    yield demo
    taken(str(built / "shmdemo.c"))


def test_shmdemo_keeps_a_text_from_process_to_process(shmdemo: Callable[..., bytes]) -> None:
    assert shmdemo() == b'segment contains: ""\n'
    assert shmdemo("a rather long text") == b'writing to segment: "a rather long text"\n'
    assert shmdemo("short") == b'writing to segment: "short"\n'
    assert shmdemo() == b'segment contains: "short"\n'


def test_shmdemo_makes_a_segment_that_python_finds(
    shmdemo: Callable[..., bytes], built: Path
) -> None:
    shmdemo("from C")
    row = segment_of(str(built / "shmdemo.c"))
    assert row is not None
    assert (row.size, row.mode, row.attached) == (1024, 0o644, 0)
    assert taken(str(built / "shmdemo.c")) == b"from C".ljust(1024, b"\0")


def test_shmdemo_uses_a_smaller_segment_as_it_is(
    shmdemo: Callable[..., bytes], built: Path
) -> None:
    key = sysv_ipc.ftok(str(built / "shmdemo.c"), ord("R"), silence_warning=True)
    made = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, size=8)
    made.write(b"8 bytes!")
    made.detach()
    assert shmdemo() == b'segment contains: "8 bytes!"\n'
    shmdemo("too long for it")
    assert shmdemo() == b'segment contains: "too lon"\n'


def test_shmdemo_removes_its_segment_when_told(shmdemo: Callable[..., bytes], built: Path) -> None:
    shmdemo("soon gone")
    shmdemo("-r")
    assert segment_of(str(built / "shmdemo.c")) is None


def test_shmdemo_says_that_its_file_is_missing(built: Path) -> None:
    done = _run(built / "shmdemo", "x", folder=built)
    assert (done.returncode, done.stderr) == (1, b"ftok: No such file or directory\n")


def test_frame_writer_sends_length_and_bytes(built: Path) -> None:
    done = _run(built / "frame_writer", "one", "", "x" * 300, folder=built)
    assert done.returncode == 0
    assert done.stdout == b"\0\0\0\3one" + b"\0\0\0\0" + b"\0\0\1\x2c" + b"x" * 300


def test_frame_writer_reports_a_failed_write(built: Path) -> None:
    done = _run("sh", "-c", "./frame_writer word > /dev/full", folder=built)
    assert done.returncode == 1
    assert b"No space left" in done.stderr


def test_fifo_writer_waits_for_a_reader_and_sends_its_lines(built: Path) -> None:
    os.mkfifo(built / "letters")
    with subprocess.Popen([built / "fifo_writer", "letters", "one", "", "three"], cwd=built) as it:
        assert (built / "letters").read_text() == "one\n\nthree\n"
    assert it.returncode == 0


def test_fifo_writer_says_what_it_cannot_do(built: Path) -> None:
    done = _run(built / "fifo_writer", "nowhere/letters", "word", folder=built)
    assert (done.returncode, done.stderr) == (1, b"nowhere/letters: No such file or directory\n")
    done = _run(built / "fifo_writer", "/dev/null", "x" * 600, folder=built)
    assert (done.returncode, done.stderr) == (1, b"line 1 is too long\n")
    assert _run(built / "fifo_writer", folder=built).returncode == 2


def _demo(built: Path, *words: str, lines: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [built / "mmap_demo", *words]
    return subprocess.run(command, cwd=built, input=lines, capture_output=True, check=False)


def test_mmap_demo_makes_a_file_of_the_right_size_that_a_reader_prints(built: Path) -> None:
    done = _demo(built, "note", "write", lines=b"hello\nbye\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b'wrote "hello"\nwrote "bye"\n'
    assert (built / "note").read_bytes() == b"bye\0o\0".ljust(20, b"\0")
    assert (built / "note").stat().st_mode & 0o777 == 0o600
    assert _demo(built, "note", "read").stdout == b"bye\n"


def test_mmap_demo_cuts_a_long_line_and_keeps_a_longer_file(built: Path) -> None:
    (built / "note").write_bytes(b"-" * 30)
    _demo(built, "note", "write", lines=b"a line of more than 19 letters\n")
    assert (built / "note").read_bytes() == b" 19 letters\0re than\0" + b"-" * 10


def test_mmap_demo_reader_refuses_a_file_that_has_no_room(built: Path) -> None:
    (built / "empty").touch()
    done = _demo(built, "empty", "read")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"too short" in done.stderr
    assert _demo(built, "none", "read").stderr == b"none: No such file or directory\n"
    assert _demo(built, "none").returncode == 1


def test_mmap_demo_reader_needs_no_right_to_write(built: Path) -> None:
    (built / "note").write_bytes(b"x" * 20)  # no zero byte at the end
    (built / "note").chmod(0o400)
    assert _demo(built, "note", "read").stdout == b"x" * 20 + b"\n"


def test_visits_counts_runs_and_those_that_were_killed(built: Path) -> None:
    def visit(*words: str) -> subprocess.CompletedProcess[bytes]:
        return _run(built / "visits", "counter", *words, folder=built)

    assert visit().stdout == b"visit number 1\n"
    assert visit("kill").returncode == -9
    assert visit().stdout == b"visit number 3\n"
    assert (built / "counter").read_bytes() == (3).to_bytes(8, sys.byteorder)


def test_visits_begins_with_a_number_that_python_wrote(built: Path) -> None:
    with (built / "counter").open("w+b") as stream:
        stream.truncate(100)
        with mmap.mmap(stream.fileno(), 100) as memory:
            memory[0:8] = (1 << 40).to_bytes(8, sys.byteorder)
    done = _run(built / "visits", "counter", folder=built)
    assert done.stdout == b"visit number %d\n" % ((1 << 40) + 1)
    assert (built / "counter").stat().st_size == 100


def test_visits_says_what_failed(built: Path) -> None:
    done = _run(built / "visits", "no/such/folder", folder=built)
    assert (done.returncode, done.stderr) == (1, b"no/such/folder: No such file or directory\n")
    assert _run(built / "visits", folder=built).returncode == 1
