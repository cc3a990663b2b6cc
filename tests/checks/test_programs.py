"""Every program of the table gets the findings that the table says, and no other."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from programs import Row, compile_c, functions, lookalikes, rows

from autograder import Limits, Run, run

ROWS = rows()
FUNCTIONS = functions()
TIMEOUT = 10.0  # for programs that end by themselves or are found stuck long before it
PATIENCE = 60.0
NAME = "program"
# Python buffers what goes into a pipe, unless somebody has set this for other reasons.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
REPORT = {"schema", "outcome", "exit", "seconds", "findings", "processes", "leaks"}
FINDING = {"id", "title", "explanation", "hint", "lesson", "evidence"}
PROCESS = {"pid", "parent", "command", "state"}
# What can be seen of any program from outside. An exercise must say what it promised for the rest.
IDS = (
    "reader-holds-write-end", "write-end-left-open", "wait-before-drain", "circular-wait",
    "fifo-open-deadlock", "lock-order-deadlock", "semaphore-never-released", "message-never-sent",
    "bad-descriptor", "broken-pipe", "zombie", "orphan", "segment-leaked", "semaphore-leaked",
    "fifo-left-behind", "bus-error", "segmentation-fault", "infinite-loop", "busy-wait",
    "no-progress", "fork-bomb", "memory-limit", "output-flood", "file-size-limit", "cpu-limit",
    "child-ran-on", "unflushed-output", "duplicated-output", "private-mapping",
)  # fmt: skip
# A function that is run by name is Python's.
NOT_IN_C = {"child-ran-on"}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the C programs, compiled once."""
    return compile_c(tmp_path_factory.mktemp("c"))


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("row", [row for row in ROWS if not row.limits], ids=lambda row: row.name)
def test_program_is_judged_as_the_table_says(row: Row, compiled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if row.fifo:
        os.mkfifo(folder / row.fifo)
    done = _why(row, row.command(compiled), folder)
    *output, last = done.stdout.decode().splitlines()
    report = json.loads(last)
    found = {finding["id"] for finding in report["findings"]}
    told = json.dumps(report, indent=2)
    assert (report["outcome"], found) == (row.outcome, row.findings), told
    assert done.returncode == bool(row.findings)
    _assert_shape(report)
    _assert_end(row, report["exit"])
    _assert_output(row, "\n".join(output), done.stderr.decode())


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("row", [row for row in ROWS if row.limits], ids=lambda row: row.name)
def test_limit_is_judged_as_the_table_says(row: Row, compiled: Path) -> None:
    record = _run(row, compiled)
    found = {finding.id for finding in record.findings}
    assert (str(record.outcome.value), found) == (row.outcome, row.findings), repr(record)
    _assert_end(row, {"code": record.exit.code, "signal": record.exit.signal})
    if not row.findings:
        _assert_output(row, record.stdout.decode().rstrip("\n"), record.stderr.decode())


@pytest.mark.parametrize("finding", IDS)
def test_table_is_complete(finding: str) -> None:
    faulty = {row.run for row in ROWS if finding in row.findings}
    alike = {row.run for row in lookalikes(ROWS, finding)}
    languages = {run.partition("/")[0].replace("functions", "python") for run in faulty}
    assert len(faulty) >= 3, faulty
    assert languages >= ({"python"} if finding in NOT_IN_C else {"c", "python"}), faulty
    assert len(alike) >= 2, alike


def test_many_correct_programs_resemble_nothing_in_particular() -> None:
    plain = {row.run for row in ROWS if not row.findings and not row.resembles}
    assert len(plain) >= 25


def test_every_file_is_in_the_table() -> None:
    folder = Path(sys.modules[Row.__module__].__file__ or "").parent
    files = {
        f"{kind}/{path.name}"
        for kind in ("c", "python", "shell")
        for path in (folder / kind).iterdir()
        if path.suffix in (".c", ".py", ".sh")
    }
    used = {row.run for row in ROWS}
    helpers = {name for row in ROWS for name in _named(row)}
    assert files == {name for name in used if not name.startswith("functions/")} | helpers


def test_every_row_has_a_name_of_its_own() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))


def _named(row: Row) -> Iterator[str]:
    """The programs that the arguments of a row name."""
    for argument in row.args:
        if argument.startswith("{c}/"):
            yield f"c/{argument.removeprefix('{c}/')}.c"
        elif argument.startswith("{here}/"):
            yield argument.removeprefix("{here}/")


def _why(row: Row, command: list[str], folder: Path) -> Any:
    options = ["--json", "--timeout", str(row.timeout or TIMEOUT)]
    arguments = [sys.executable, "-m", "autograder.cli", "why", *options, "--", *command]
    with _input(row) as stdin:
        return subprocess.run(
            arguments,
            stdin=stdin,
            capture_output=True,
            cwd=folder,
            env=ENVIRONMENT,
            timeout=PATIENCE,
            check=False,
        )


@contextmanager
def _input(row: Row) -> Iterator[int]:
    """The read end of a pipe that gets the row's input, at once or later, and ends or does not."""
    read_end, write_end = os.pipe()
    over = threading.Event()

    def feed() -> None:
        over.wait(row.stdin_after or 0.0)
        with os.fdopen(write_end, "wb", closefd=not row.stdin_stays_open) as stream:
            stream.write(row.stdin.encode())

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        yield read_end
    finally:
        over.set()
        feeder.join()
        os.close(read_end)
        if row.stdin_stays_open:
            os.close(write_end)


def _run(row: Row, compiled: Path) -> Run:
    """Run the row's function, or its program inside one, within the row's limits."""
    settings: dict[str, Any] = {"limits": Limits(**row.limits), "timeout": row.timeout or TIMEOUT}
    if row.language == "functions":
        return run(getattr(FUNCTIONS, row.run.partition("/")[2]), *row.args, **settings)
    *interpreter, path = row.command(compiled)[: 2 if row.language == "python" else 1]
    files = {NAME: Path(path).read_bytes()}
    command = [*interpreter, f"./{NAME}", *row.args]
    return run(FUNCTIONS.becomes, NAME, command, files=files, **settings)


def _assert_shape(report: dict[str, Any]) -> None:
    assert set(report) == REPORT
    assert report["schema"] == 1
    assert report["seconds"] > 0
    assert all(set(finding) == FINDING for finding in report["findings"])
    assert all(set(process) == PROCESS for process in report["processes"])
    assert all({"kind", "name"} <= set(leak) for leak in report["leaks"])


def _assert_end(row: Row, end: dict[str, int | None]) -> None:
    assert set(end) == {"code", "signal"}
    if row.code is not None:
        assert end == {"code": row.code, "signal": None}
    if row.signal is not None:
        assert end == {"code": None, "signal": row.signal}


def _assert_output(row: Row, stdout: str, stderr: str) -> None:
    """What the program wrote came through; nothing of ours is among it."""
    if row.stdout is not None:
        assert stdout.rstrip("\n") == row.stdout.rstrip("\n")
    assert row.stderr in stderr
    if row.outcome in ("exited", "killed"):  # a shell may say that what it waited for was killed
        assert stderr == "" or row.stderr
