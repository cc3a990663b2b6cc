"""`autograder why`: run any program and say how it ended, why it hung and what it left."""

from __future__ import annotations

import argparse
import json
import os
import signal
import stat
import sys

NAME = "why"
HELP = "run a program in a world of its own and say why it hung or what it left behind"
EXAMPLES = (
    "autograder why -- ./ls_wc                      # a program of your own",
    "autograder why -- python3 sieve.py 100",
    "autograder why --timeout 5 -- sh -c 'yes | head'",
    "autograder why --json -- ./a.out | tail -n 1   # one JSON object, after the program's output",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object at the end")
    parser.add_argument(
        "--timeout", type=_seconds, metavar="S", help="end the program after S seconds"
    )
    parser.add_argument("command", nargs="+", metavar="COMMAND", help="the program; after --")


def execute(options: argparse.Namespace) -> int:
    from autograder.checks.programs import run_program

    run = run_program(options.command, options.timeout)
    sys.stdout.flush()
    if options.json:
        start = "" if _at_line_start() else "\n"
        print(start + json.dumps(run.as_plain()))
    else:
        from rich.console import Console

        from autograder.draw.terminal import explain

        explain(run, Console(stderr=True, highlight=False))
    if run.evidence.interrupted:
        return 128 + signal.SIGINT
    return 1 if run.findings else 0


def _at_line_start() -> bool:
    """Whether the program's output is known to end a line: what it writes does not pass us."""
    try:
        size = os.fstat(1).st_size
        regular = stat.S_ISREG(os.fstat(1).st_mode)
        return regular and (size == 0 or os.pread(1, 1, size - 1) == b"\n")
    except OSError:
        return False  # a file open for writing only


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return value
