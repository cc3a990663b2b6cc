"""A class report for the TA: how the class did, what each check showed, who made which mistake.

Written as a page (`reports/ASSIGNMENT.html`) and as a table (`reports/ASSIGNMENT.csv`), beside
`feedback/`, not in it: what is in there is handed to students. A submission on which the grader
itself failed counts nowhere but in a section of its own.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.checks import CATALOGUE
from autograder.grading import spreadsheet
from autograder.grading.histogram import histogram
from autograder.grading.result import CheckResult, Result, Status, points


@dataclass(frozen=True)
class CheckRow:
    """One check over the class: how many earned all its points, and who did not."""

    place: int  # in the order of the notebooks
    exercise: str
    title: str
    max_score: float
    passed: int
    tried: int
    failing: tuple[str, ...]

    @property
    def rate(self) -> float:
        """Share of the submissions that passed, from 0 to 1."""
        return self.passed / self.tried if self.tried else 0.0


@dataclass(frozen=True)
class FindingRow:
    """One finding over the class: in which checks it was seen, and in whose work."""

    id: str
    title: str
    lesson: str
    checks: tuple[str, ...]
    students: tuple[str, ...]


@dataclass(frozen=True)
class ClassReport:
    """All that the page shows of one assignment. `scores` are points, lowest first."""

    assignment: str
    max_score: float
    scores: tuple[float, ...]
    checks: tuple[CheckRow, ...]
    findings: tuple[FindingRow, ...]
    noted: tuple[Result, ...]  # graded, with something a person should know
    failures: tuple[Result, ...]  # the grader's own

    @property
    def mean(self) -> float:
        return statistics.fmean(self.scores) if self.scores else 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.scores) if self.scores else 0.0


def summarise(assignment: str, results: Iterable[Result]) -> ClassReport:
    """Count what the results of one assignment say."""
    mine = [result for result in results if result.assignment == assignment]
    graded = [result for result in mine if result.status is not Status.FAILED]
    return ClassReport(
        assignment=assignment,
        max_score=max((result.max_score for result in graded), default=0.0),
        scores=tuple(sorted(result.score or 0.0 for result in graded)),
        checks=tuple(_check_rows(graded)),
        findings=tuple(_finding_rows(graded)),
        noted=tuple(result for result in graded if result.notes),
        failures=tuple(result for result in mine if result.status is Status.FAILED),
    )


def write(results: Sequence[Result], folder: Path) -> list[Path]:
    """Write page and table of every assignment in `results`; return the pages."""
    folder.mkdir(exist_ok=True)
    pages = []
    for assignment in dict.fromkeys(result.assignment for result in results):
        page = folder / f"{assignment}.html"
        page.write_text(as_html(summarise(assignment, results)), encoding="utf-8")
        mine = [result for result in results if result.assignment == assignment]
        spreadsheet.write(folder / f"{assignment}.csv", *_table(mine))
        pages.append(page)
    return pages


def as_html(summary: ClassReport) -> str:
    """Return the page: one file, nothing is loaded from elsewhere, no script."""
    environment = Environment(
        loader=PackageLoader("autograder.grading"),
        autoescape=True,  # names, titles and notes come from files of students
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = points
    template = environment.get_template("class_report.html.j2")
    return template.render(report=summary, picture=histogram(summary.scores, summary.max_score))


def _by_check(results: Iterable[Result]) -> dict[tuple[str, str], list[tuple[str, CheckResult]]]:
    """The checks of all results by notebook and cell, each with its student, in their order."""
    found: dict[tuple[str, str], list[tuple[str, CheckResult]]] = {}
    for result in results:
        for check in result.checks:
            found.setdefault((check.notebook, check.cell), []).append((result.student, check))
    return found


def _check_rows(results: Sequence[Result]) -> Iterable[CheckRow]:
    for place, entries in enumerate(_by_check(results).values()):
        judged = [(student, check) for student, check in entries if check.passed is not None]
        failing = tuple(student for student, check in judged if not check.passed)
        _, check = entries[0]
        yield CheckRow(
            place,
            check.exercise, check.title, check.max_score,
            len(judged) - len(failing), len(judged), failing,
        )  # fmt: skip


def _finding_rows(results: Sequence[Result]) -> list[FindingRow]:
    """The most frequent first."""
    students: dict[str, list[str]] = {}
    checks: dict[str, list[str]] = {}
    for result in results:
        for check in result.checks:
            for name in check.findings:
                students.setdefault(name, []).append(result.student)
                checks.setdefault(name, []).append(f"{check.exercise}: {check.title}")
    rows = [
        FindingRow(
            name, CATALOGUE[name].title, CATALOGUE[name].lesson,
            tuple(dict.fromkeys(checks[name])), tuple(dict.fromkeys(who)),
        )
        for name, who in students.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-len(row.students), row.id))


def _table(results: Sequence[Result]) -> tuple[list[str], list[list[object]]]:
    """Column names, and one line for each student, with a column for each check."""
    columns = list(_by_check(results))
    several = len({notebook for notebook, _ in columns}) > 1
    names = [f"{notebook}/{cell}" if several else cell for notebook, cell in columns]
    lines: list[list[object]] = []
    for result in results:
        given = {(check.notebook, check.cell): check.score for check in result.checks}
        found = dict.fromkeys(name for check in result.checks for name in check.findings)
        lines.append(
            [
                result.student, str(result.status), result.score, result.max_score,
                *(given.get(column) for column in columns),
                " ".join(found), "; ".join(result.notes),
            ]
        )  # fmt: skip
    return ["student", "status", "score", "max_score", *names, "findings", "notes"], lines
