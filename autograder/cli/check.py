"""`autograder check`: one notebook, without a gradebook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.grading.selfcheck import Report

NAME = "check"
HELP = "execute one notebook and say of each check whether it passed, and why not"
EXAMPLES = (
    "autograder check work/pipes/pipes.ipynb",
    "autograder check --json work/pipes/pipes.ipynb",
    "autograder check --gradescope results.json pipes.ipynb",
)
_SIGNS = {"passed": "✓", "failed": "✗", "hidden": "·", "grader failed": "!"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notebook", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    parser.add_argument(
        "--gradescope",
        type=Path,
        metavar="FILE",
        help="also write Gradescope's results.json to FILE",
    )


def execute(options: argparse.Namespace) -> int:
    import json

    from autograder.grading.judge import the_judge

    the_judge()  # it starts while the rest is imported here
    from autograder.grading.selfcheck import Outcome, check

    report = check(options.notebook)
    if options.gradescope:
        text = json.dumps(report.as_gradescope(), indent=1, ensure_ascii=False)
        options.gradescope.write_text(text + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _print(report)
    if report.count(Outcome.OPEN):
        return 3
    return 1 if report.count(Outcome.FAILED) else 0


def _print(report: Report) -> None:
    from autograder.grading.result import points

    for note in report.notes:
        print(f"Note: the notebook {note}")
    exercise = None
    for check in report.checks:
        if check.exercise != exercise:
            exercise = check.exercise
            print(f"\n{exercise}")
        given = "hidden" if check.outcome == "hidden" else points(check.score)
        print(f"  {_SIGNS[check.outcome]} {check.title}  [{given}/{points(check.max_score)}]")
        for line in check.why.splitlines():
            print(f"      {line}")
    hidden = sum(check.max_score for check in report.checks if check.outcome == "hidden")
    rest = (
        f"; {points(hidden)} more points are given by hidden checks when it is graded"
        if hidden
        else ""
    )
    print(f"\n{points(report.score)} of {points(report.max_score)} points{rest}.")
