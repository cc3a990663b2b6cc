"""The page and the table that a TA reads about a class."""

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from autograder.checks import CATALOGUE
from autograder.grading import class_report, spreadsheet
from autograder.grading.histogram import histogram
from autograder.grading.result import CheckResult, Result, Status

FORMULA = "=cmd|' /C calc'!A0"


def result(
    student: str,
    first: float | None,
    second: float | None,
    *found: str,
    status: Status = Status.GRADED,
    notes: tuple[str, ...] = (),
) -> Result:
    checks = (
        CheckResult("t", "one-check", "1. One", "it is one", first, 40, found),
        CheckResult("t", "two-check", "2. Two", "it is two", second, 60, found[:1]),
    )
    return Result("t", student, status, notes=notes, checks=checks)


CLASS = [
    result("ada", 40, 60),
    result("ben", 0, 60, "zombie"),
    result("carla", 0, 0, "reader-holds-write-end", "zombie"),
    result("deniz", 20, 60),
    result("emil", 40, None),
    result("<b>fatima</b>", 40, 60, status=Status.MENDED, notes=(FORMULA,)),
    Result("t", "goran", Status.FAILED, notes=("SandboxError: no world",)),
    result("hana", 40, None, status=Status.FAILED, notes=("no mark yet for two-check: x",)),
]


@pytest.fixture
def summary() -> class_report.ClassReport:
    return class_report.summarise("t", CLASS)


def test_points_are_those_of_graded_submissions(summary: class_report.ClassReport) -> None:
    assert summary.scores == (0, 40, 60, 80, 100, 100)
    assert summary.max_score == 100
    assert (summary.mean, summary.median) == (pytest.approx(380 / 6), 70)


def test_a_check_is_passed_with_all_its_points_only(summary: class_report.ClassReport) -> None:
    one, two = summary.checks
    assert (one.passed, one.tried, one.failing) == (3, 6, ("ben", "carla", "deniz"))
    assert (two.passed, two.tried, two.failing) == (4, 5, ("carla",)), "an open mark is neither"
    assert one.rate == 0.5


def test_findings_come_with_their_students_the_most_frequent_first(
    summary: class_report.ClassReport,
) -> None:
    assert [(row.id, row.students) for row in summary.findings] == [
        ("zombie", ("ben", "carla")),
        ("reader-holds-write-end", ("carla",)),
    ]
    assert summary.findings[0].checks == ("1. One: it is one", "2. Two: it is two")


def test_failures_of_the_grader_are_counted_nowhere_else(summary: class_report.ClassReport) -> None:
    assert [each.student for each in summary.failures] == ["goran", "hana"]
    assert not {"goran", "hana"} & {name for row in summary.checks for name in row.failing}
    page = class_report.as_html(summary)
    section = page.partition('class="failures"')[2].partition("</section>")[0]
    assert "goran" in section
    assert page.count("hana") == 1


def test_another_assignment_is_left_out() -> None:
    other = Result("u", "ivan", Status.GRADED, checks=CLASS[0].checks)
    assert class_report.summarise("t", [*CLASS, other]) == class_report.summarise("t", CLASS)


def test_the_page_shows_all_and_executes_nothing(summary: class_report.ClassReport) -> None:
    page = class_report.as_html(summary)
    for words in (CATALOGUE["zombie"].title, ">zombie<", "ben, carla", "50 %", "3 of 6"):
        assert words in page, words
    assert "&lt;b&gt;fatima&lt;/b&gt;" in page
    assert "<b>fatima" not in page
    assert not re.search(r"<script|https?://|<link|<img|\son\w+=", page)


def test_the_picture_is_told_in_words_too(summary: class_report.ClassReport) -> None:
    page = class_report.as_html(summary)
    picture = ElementTree.fromstring(re.search(r"<svg.*?</svg>", page, re.DOTALL)[0])  # type: ignore[index]
    assert picture.get("role") == "img"
    assert picture.find("desc").text == (  # type: ignore[union-attr]
        "Submissions by points: 1 from 0 to below 10, 1 from 40 to below 50, 1 from 60 to below 70,"
        " 1 from 80 to below 90, 2 from 90 to 100."
    )


def test_a_class_that_nothing_is_known_of_has_a_page() -> None:
    page = class_report.as_html(class_report.summarise("t", CLASS[-2:-1]))
    assert "goran" in page
    assert "<svg" not in page


@pytest.mark.parametrize(
    ("scores", "most", "counts"),
    [
        ((0, 9.9, 10, 99.9, 100), 100, {0: 2, 1: 1, 9: 2}),
        ((0, 0), 0, {0: 2}),
        ((120, -5), 100, {0: 1, 9: 1}),
        ((), 100, {}),
    ],
)
def test_every_score_is_in_one_column(
    scores: tuple[float, ...], most: float, counts: dict[int, int]
) -> None:
    bars = histogram(scores, most).bars
    assert {number: bar.count for number, bar in enumerate(bars) if bar.count} == counts


def test_page_and_table_are_written_for_each_assignment(tmp_path: Path) -> None:
    other = Result("u", "ivan", Status.GRADED, checks=CLASS[0].checks)
    pages = class_report.write([*CLASS, other], tmp_path / "reports")
    assert [page.name for page in pages] == ["t.html", "u.html"]
    with (tmp_path / "reports" / "t.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["student"] for line in lines] == [each.student for each in CLASS]
    assert lines[2] == {
        "student": "carla", "status": "graded", "score": "0", "max_score": "100",
        "one-check": "0", "two-check": "0", "findings": "reader-holds-write-end zombie",
        "notes": "",
    }  # fmt: skip
    assert (lines[4]["two-check"], lines[6]["score"]) == ("", ""), "open marks stay empty"
    assert lines[5]["notes"] == f"'{FORMULA}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (2.0, "2"),
        (-2.5, "-2.5"),
        (7, "7"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("a=b", "a=b"),
    ],
)
def test_no_field_is_a_formula(value: object, written: str) -> None:
    assert spreadsheet.field(value) == written
