"""The witness tells how it was started, and does what it is told."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.checks import witness
from autograder.checks.witness import REPORT, WITNESS, Report, reports


def test_interpreter_in_a_folder_with_a_blank_is_found(tmp_path: Path) -> None:
    interpreter = tmp_path / "with a blank" / "python"
    interpreter.parent.mkdir()
    interpreter.symlink_to(sys.executable)
    script = tmp_path / "script"
    text = witness._first_lines(str(interpreter)) + "import sys; print(sys.argv[1:])\n"
    script.write_text(text)
    script.chmod(0o755)
    done = subprocess.run([script, "a b", "c"], capture_output=True, text=True, check=True)
    assert done.stdout == "['a b', 'c']\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the witness in it."""
    program = tmp_path / "witness"
    program.write_text(WITNESS, encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)


def test_two_witnesses_in_a_pipe_report_the_same_pipe(folder: Path) -> None:
    done = _shell("./witness a meet=b emit=100000 | ./witness b meet=a count exit=3", folder)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"100000\n", b"")
    seen = reports(folder)
    a, b = seen["a"], seen["b"]
    assert sorted(seen.names) == ["a", "b"]
    assert a.link(1) == b.link(0)
    assert a.link(1).startswith("pipe:[")
    assert (a.access(1), b.access(0)) == ("w", "r")
    assert (a.sent, b.received, b.status) == (100000, 100000, 3)
    assert a.trouble == b.trouble == ""
    assert a.argv == ("./witness", "a", "meet=b", "emit=100000")
    assert a.ppid == b.ppid


def test_witness_reports_extra_and_closed_descriptors(folder: Path) -> None:
    done = _shell("./witness a drain 0<&- 7>/dev/null", folder)
    report = reports(folder)["a"]
    assert done.returncode == 9
    assert report.extra == ("7: /dev/null",)
    assert (report.link(0), report.access(0)) == ("closed", "closed")
    assert report.trouble == "[Errno 9] Bad file descriptor"


def test_witness_leaves_its_own_descriptors_out(folder: Path) -> None:
    _shell("./witness a", folder)
    assert [entry.number for entry in reports(folder)["a"].descriptors] == [0, 1, 2]


def test_flaky_witness_fails_as_often_as_it_is_told(folder: Path) -> None:
    done = _shell("for i in 1 2 3; do ./witness a fail=2 say=fine; echo $?; done", folder)
    assert done.stdout == b"1\n1\nfine\n0\n"
    assert reports(folder).names == ("a", "a", "a")
    assert reports(folder)["a"].status == 0


def test_killed_witness_has_no_end(folder: Path) -> None:
    done = subprocess.run(["./witness", "a", "die=15"], cwd=folder, check=False)
    assert done.returncode == -signal.SIGTERM
    report = reports(folder)["a"]
    assert report.started is not None
    assert (report.ended, report.status) == (None, None)


def test_witness_is_ended_by_sigpipe_though_its_parent_ignores_it(folder: Path) -> None:
    # Python ignores SIGPIPE; restore_signals=False lets the witness inherit that.
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = ["./witness", "a", "emit=1"]
    done = subprocess.run(command, cwd=folder, stdout=write_end, restore_signals=False, check=False)
    os.close(write_end)
    assert done.returncode == -signal.SIGPIPE


def test_flood_and_complaint_go_to_standard_error(folder: Path) -> None:
    done = _shell("./witness a flood=70000 complain=why emit=16", folder)
    assert (len(done.stderr), done.stderr[-4:]) == (70004, b"why\n")
    assert done.stdout == b"0123456789abcdef"


def test_witness_that_never_ran_is_an_empty_report(tmp_path: Path) -> None:
    seen = reports(tmp_path)
    assert seen.names == ()
    assert seen["a"] == Report("a")
    assert seen["a"].link(0) == "closed"


def test_lines_that_are_no_report_are_passed_over(folder: Path) -> None:
    _shell("./witness a", folder)
    nonsense = ["", "no json", "[]", "{}", '"text"', json.dumps({"event": "end", "pid": 0})]
    nonsense += [json.dumps({"event": "start", "pid": 1, "name": "b"}), "\x00\xff"]
    with (folder / REPORT).open("a", encoding="utf-8") as report:
        report.write("\n".join(nonsense))
    assert reports(folder).names == ("a",)
