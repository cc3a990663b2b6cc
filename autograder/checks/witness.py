"""A program for exercises to start, which tells afterwards how it was started.

A check that asks "is the program's standard output really the pipe?" cannot ask the student's
code; it asks the program. `WITNESS` is the text of such a program. A check drops it into the
student's folder, tells the student's function to start it, and then reads what it reported:

    with sandbox() as box:
        run = box.run("pipe_two", ["./witness", "left", "emit=10"],
                      ["./witness", "right", "count"], files={"witness": WITNESS})
        seen = reports(box.path)
    run.expect(seen["right"].link(0), seen["left"].link(1), "one pipe joins the two programs")

What the witness does is told by its arguments; `_witness_program.py` lists them.
"""

import json
import shlex
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_LONGEST_INTERPRETER = 120  # the kernel reads no more than 256 bytes of the first line


def _first_lines(interpreter: str) -> str:
    """The lines by which the kernel finds `interpreter`, wherever it is installed.

    Python takes its arguments from the line `#!` as one word, hence -IS and not -I -S: no
    environment, no site packages, and so a start within some 10 ms. That line knows no blanks,
    and so a path with one is left to the shell, in a line that is a string to Python.
    """
    if " " not in interpreter and len(interpreter) <= _LONGEST_INTERPRETER:
        return f"#!{interpreter} -IS\n"
    quoted = shlex.quote(interpreter) if "'" not in interpreter else f'"{interpreter}"'
    return f"#!/bin/sh\n'''exec' {quoted} -IS \"$0\" \"$@\"\n' '''\n"


WITNESS: str = _first_lines(sys.executable) + (
    Path(__file__).with_name("_witness_program.py").read_text(encoding="utf-8")
)
REPORT = "witness.report"


@dataclass(frozen=True)
class Descriptor:
    """One open descriptor: its number, what /proc/PID/fd says it is, and `r`, `w` or `rw`."""

    number: int
    target: str
    access: str


@dataclass(frozen=True)
class Report:
    """What one witness told. Times are seconds of the monotonic clock (clock_gettime(2))."""

    name: str
    pid: int = 0
    ppid: int = 0
    argv: tuple[str, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    started: float | None = None
    ended: float | None = None  # None too when it was killed
    status: int | None = None
    received: int = 0  # bytes read from standard input
    sent: int = 0  # bytes written to standard output and standard error
    trouble: str = ""

    def link(self, number: int) -> str:
        """What descriptor `number` referred to, such as `pipe:[4711]`; `closed` if not open."""
        return next((d.target for d in self.descriptors if d.number == number), "closed")

    def access(self, number: int) -> str:
        """How descriptor `number` was open: `r`, `w`, `rw`, or `closed`."""
        return next((d.access for d in self.descriptors if d.number == number), "closed")

    @property
    def extra(self) -> tuple[str, ...]:
        """Descriptors beyond standard input, output and error, as `number: target` texts."""
        return tuple(f"{d.number}: {d.target}" for d in self.descriptors if d.number > 2)


@dataclass(frozen=True)
class Reports:
    """All witnesses of one folder, in the order in which they started."""

    all: tuple[Report, ...] = ()

    def __getitem__(self, name: str) -> Report:
        """The last witness of that name; an empty report when none was started."""
        return next((r for r in reversed(self.all) if r.name == name), Report(name))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the witnesses, in the order in which they started."""
        return tuple(report.name for report in self.all)


def reports(folder: Path) -> Reports:
    """Read what the witnesses that ran in `folder` have told; empty if none did.

    A line that is no report is passed over: the file lies in the student's own folder.
    """
    try:
        lines = (folder / REPORT).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return Reports()
    told: list[Report] = []
    for line in lines:
        try:
            _take(told, json.loads(line))
        except (ValueError, LookupError, TypeError):
            continue
    return Reports(tuple(told))


def _take(told: list[Report], event: dict[str, Any]) -> None:
    """Add one event to what is known: a start is a new report, the rest belongs to the last one
    with the same PID (after a reboot of the world, PIDs begin anew)."""
    if event["event"] == "start":
        told.append(
            Report(
                name=event["name"],
                pid=event["pid"],
                ppid=event["ppid"],
                argv=tuple(event["argv"]),
                descriptors=tuple(Descriptor(*row) for row in event["descriptors"]),
                started=event["time"],
            )
        )
        return
    last = max(index for index, report in enumerate(told) if report.pid == event["pid"])
    if event["event"] == "trouble":
        told[last] = replace(told[last], trouble=event["text"])
    else:
        told[last] = replace(
            told[last],
            ended=event["time"],
            status=event["status"],
            received=event["received"],
            sent=event["sent"],
        )
