"""`autograder why`: its output, its exit code and its report. Its findings: test_programs.py."""

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.observe.procfs import descendants_of

PYTHON_HANG = "import os\nr, w = os.pipe()\nos.read(r, 1)\n"
SLOW = "import os, time\nr, w = os.pipe()\nif os.fork() == 0:\n time.sleep(0.6)\n os._exit(0)\n"


def _why(*command: str, options: tuple[str, ...] = (), folder: Path | None = None) -> Any:
    arguments = [sys.executable, "-m", "autograder.cli", "why", "--json", *options, "--", *command]
    return subprocess.run(
        arguments, input=b"", capture_output=True, cwd=folder, timeout=60, check=False
    )


def _report(done: Any) -> Any:
    assert done.stderr == b""
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.usefixtures("level")
def test_python_program_is_explained_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "hang.py").write_text(PYTHON_HANG)
    report = _report(_why(sys.executable, "hang.py", folder=tmp_path))
    (finding,) = report["findings"]
    assert finding["id"] == "reader-holds-write-end"
    assert finding["evidence"]["line"] == 3
    assert "line 3 of hang.py" in finding["hint"]


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize(
    "command",
    [
        ("sh", "-c", "yes | head -n 1 >/dev/null"),
        ("sh", "-c", "sleep 0.3 | cat"),
        ("sh", "-c", "cat"),
        ("seq", "3"),
        (sys.executable, "-c", SLOW + "else:\n os.close(w); os.read(r, 1); os.wait()"),
    ],
)
def test_correct_program_has_no_finding(command: tuple[str, ...]) -> None:
    done = _why(*command)
    report = _report(done)
    assert (report["outcome"], report["findings"]) == ("exited", [])
    assert done.returncode == 0


def test_output_goes_through_and_the_report_is_last() -> None:
    done = _why("sh", "-c", "echo out; echo err >&2; exit 3")
    assert done.stdout.splitlines()[0] == b"out"
    assert done.stderr == b"err\n"
    assert json.loads(done.stdout.splitlines()[-1])["exit"] == {"code": 3, "signal": None}


def test_files_stay_as_they_are(tmp_path: Path) -> None:
    assert _report(_why("sh", "-c", "echo kept > file", folder=tmp_path))["findings"] == []
    assert (tmp_path / "file").read_text() == "kept\n"


def test_time_out_is_told() -> None:
    report = _report(_why("sleep", "60", options=("--timeout", "0.5")))
    assert report["outcome"] == "timeout"
    assert [finding["id"] for finding in report["findings"]] == ["no-progress"]


HALF_STUCK = """\
import os, time
there, back = os.pipe(), os.pipe()
for mine, other in ((there, back), (back, there)):
    if os.fork() == 0:
        os.close(mine[1])
        os.close(other[0])
        os.read(mine[0], 1)
for end in (*there, *back):
    os.close(end)
print("all are there", flush=True)
time.sleep(1000)
"""


def test_ctrl_c_ends_the_world_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "half.py").write_text(HALF_STUCK)
    command = [sys.executable, "-m", "autograder.cli", "why", "--", sys.executable, "half.py"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.execv(command[0], command)
    shown = b""
    while b"all are there" not in shown:
        shown += os.read(terminal, 4096)
    inside = set(descendants_of(pid))
    os.write(terminal, b"\x03")
    with contextlib.suppress(OSError):  # EIO: nobody holds the other side any more
        while part := os.read(terminal, 4096):
            shown += part
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 128 + signal.SIGINT
    assert b"was interrupted" in shown
    assert len(inside) >= 4
    assert not {each for each in inside if Path(f"/proc/{each}").exists()}


def test_program_that_does_not_exist_is_a_usage_error() -> None:
    done = _why("no-such-program")
    assert done.returncode == 2
    assert b"no-such-program" in done.stderr
    assert b"Traceback" not in done.stderr
