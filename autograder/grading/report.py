"""Results for people and for programs: a table, one line each, a JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.grading.course import Course
from autograder.grading.result import Result, Status, points

SCHEMA = 1
_STYLES = {
    Status.GRADED: "green",
    Status.MENDED: "yellow",
    Status.UNREADABLE: "red",
    Status.FAILED: "bold red",
}


def line(result: Result) -> str:
    """Return one line on one submission."""
    note = f"  ({'; '.join(result.notes)})" if result.notes else ""
    score = f"{points(result.score)}/{points(result.max_score)}"
    return f"{result.assignment}  {result.student}: {score} {_status(result)}{note}"


def _status(result: Result) -> str:
    return f"{result.status}, unchanged" if result.unchanged else str(result.status)


def table(results: list[Result]) -> Table:
    """Return the table that a batch ends with."""
    several = len({result.assignment for result in results}) > 1
    made = Table(title=None, pad_edge=False)
    if several:
        made.add_column("assignment")
    made.add_column("student")
    made.add_column("score", justify="right")
    made.add_column("status")
    made.add_column("note", overflow="fold")
    for result in results:
        row: list[Any] = [result.assignment] if several else []
        row += [
            Text(result.student),
            f"{points(result.score)}/{points(result.max_score)}",
            Text(_status(result), style=_STYLES[result.status]),
            Text("; ".join(result.notes)),
        ]
        made.add_row(*row)
    return made


def show(results: list[Result], course: Course, pages: list[Path]) -> None:
    """Print the table, what failed, and where the feedback and the class reports are."""
    console = Console(highlight=False)
    console.print()
    console.print(table(results))
    failed = [result for result in results if result.status is Status.FAILED]
    for result in failed:
        who = f"{result.student} ({result.assignment})"
        print(f"Not the student's fault: the grader itself failed on {who}.")
    if failed:
        print(f"What it said is in {course.state / 'grade.log'}")
    print(f"Feedback: {course.root / 'feedback'}")
    for page in pages:
        print(f"Class report: {page} (and .csv)")


def write_json(results: list[Result], path: Path) -> None:
    """Write all results to `path` as one JSON object; `schema` counts incompatible changes."""
    content = {"schema": SCHEMA, "submissions": [result.as_json() for result in results]}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
