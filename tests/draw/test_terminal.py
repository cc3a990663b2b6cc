"""A run explained on a terminal of 80 columns, without colour."""

import io
import os
from typing import Any

from rich.cells import cell_len
from rich.console import Console

from autograder import run
from autograder.checks import CATALOGUE, Finding, Run
from autograder.checks.running import record_of
from autograder.draw.terminal import explain
from autograder.sandbox import Evidence, Limits


def told(record: Run, **options: Any) -> str:
    stream = io.StringIO()
    explain(record, Console(file=stream, width=80, highlight=False, **options))
    return stream.getvalue()


def test_finding_is_told_with_its_picture_and_its_page(record: Any) -> None:
    text = told(record("wait_before_drain"))
    entry = CATALOGUE["wait-before-drain"]
    for part in (entry.title, "[wait-before-drain]", "Next: ", "Who waits for whom\n"):
        assert part in text
    flat = " ".join(text.split())
    for part in (entry.meaning, entry.seen, entry.mend, "lesson 06_pipes, section “capacity”"):
        assert part in flat
    assert "\nprocess 101 ── waits ──▶ pipe A ◀── does not read ── process 100\n" in text
    assert all(cell_len(line) <= 80 for line in text.splitlines())


def test_two_findings_of_one_kind_share_picture_and_page() -> None:
    def two_parents_with_a_zombie_each() -> None:
        for _ in range(2):
            pid = os.fork()
            if pid == 0:
                if os.fork() == 0:
                    os._exit(0)
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
                os._exit(0)
            os.waitpid(pid, 0)

    record = run(two_parents_with_a_zombie_each)
    ids = [finding.id for finding in record.findings]
    assert ids == ["zombie"] * 2
    text = told(record)
    assert text.count("[zombie]") == 2
    assert text.count("Processes, each below its parent") == 1
    assert text.count("What it means") == 1


def test_nothing_of_the_program_reaches_the_terminal_as_a_control_code() -> None:
    evil = "\x1b]0;owned\x07 \x1b[2J [red]brackets[/red] \u202e"
    evidence = Evidence(first_inner=100)
    evidence.seen = {100: (100, 1, evil, "S")}
    evidence.zombies = {101: (100, evil)}
    record = record_of(evil, evidence, Limits())
    assert [finding.id for finding in record.findings] == ["zombie"]
    text = told(record)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]brackets[/red]" in text


def test_run_without_findings_is_one_line() -> None:
    record = record_of("f()", Evidence(), Limits())
    assert told(record).count("\n") == 1


def test_narrow_terminal_does_not_break_the_drawing() -> None:
    record = record_of("f()", Evidence(), Limits())
    facts = {"pid": 100, "fd": 4, "bytes": 11}
    object.__setattr__(record, "findings", (Finding("unflushed-output", "e", "h", facts),))
    stream = io.StringIO()
    explain(record, Console(file=stream, width=40, highlight=False))
    assert "│ process 100  │ ──▶ │ its buffer   │ ─✗─ │ descriptor 4 │" in stream.getvalue()
