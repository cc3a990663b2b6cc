"""Every link of every page arrives; the table of topics leads from the lecture to the checks."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.course.conftest import ROOT
from tests.course.links import LINK, complaint, links, read, texts

START = ROOT / "notebooks" / "00_start_here.ipynb"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ASSIGNMENTS = sorted(ROOT.glob("source/*/*.ipynb")) + sorted(ROOT.glob("release/*/*.ipynb"))
PAGES = sorted([ROOT / "README.md", ROOT / "source" / "README.md", *ROOT.glob("docs/*.md")])


@pytest.mark.parametrize(
    "page", [*NOTEBOOKS, *ASSIGNMENTS, *PAGES], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_link_arrives(page: Path) -> None:
    text = texts(page) if page.suffix == ".ipynb" else page.read_text(encoding="utf-8")
    assert not [why for target in links(text) if (why := complaint(page, target))]


def topics() -> list[list[str]]:
    """The rows of the table: topic, section, demonstration, exercise, checks."""
    (cell,) = [cell for cell in read(START).cells if cell.id == "topics"]
    lines = [line for line in cell.source.splitlines() if line.startswith("| ")]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    assert rows[0] == [" the lecture ", " read ", " run ", " exercise ", " its checks "]
    return rows[1:]


def targets_of(text: str) -> list[tuple[Path, str]]:
    """The links of a column: each its file and its fragment."""
    parts = [target.partition("#") for _, target in LINK.findall(text)]
    return [((START.parent / name).resolve(), fragment) for name, _, fragment in parts]


@pytest.mark.parametrize("row", topics(), ids=lambda row: row[0].strip().replace("`", ""))
def test_topic_leads_to_a_demonstration_in_its_section_and_to_checks_of_its_exercise(
    row: list[str],
) -> None:
    _, section, demonstration, exercise, checks = row
    ((lesson, heading),) = targets_of(section)
    ((where, shown),) = targets_of(demonstration)
    assert where == lesson
    ids = [f"cell-id={cell.id}" for cell in read(lesson).cells]
    assert ids.index(shown) in cells_of(lesson, heading)
    ((assignment, task),) = targets_of(exercise)
    graded = {
        f"cell-id={cell.id}"
        for cell in read(assignment).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert targets_of(checks)
    for there, check in targets_of(checks):
        assert there == assignment
        assert check in graded
        assert heading_before(assignment, check.removeprefix("cell-id=")) == task


def cells_of(lesson: Path, fragment: str) -> set[int]:
    """The numbers of the code cells of a section, with its subsections."""
    found, depth = set(), 0
    for number, cell in enumerate(read(lesson).cells):
        if cell.cell_type == "markdown":
            for marks, title in re.findall(r"^(##+) (.+)$", cell.source, re.M):
                if depth and len(marks) <= depth:
                    depth = 0
                if quoted(title) == fragment:
                    depth = len(marks)
        elif depth:
            found.add(number)
    assert found, fragment
    return found


def heading_before(assignment: Path, cell_id: str) -> str:
    last = ""
    for cell in read(assignment).cells:
        if cell.cell_type == "markdown":
            last = [last, *re.findall(r"^## (.+)$", cell.source, re.M)][-1]
        if cell.id == cell_id:
            return quoted(last)
    raise AssertionError(cell_id)


def quoted(title: str) -> str:
    """A heading as JupyterLab makes an address of it."""
    return quote(title.replace("`", "").replace(" ", "-"))


def test_every_lesson_and_every_exercise_has_its_topic() -> None:
    rows = topics()
    lessons = {lesson for row in rows for lesson, _ in targets_of(row[1])}
    assert lessons == set(NOTEBOOKS) - {START} - {START.parent / "cheat_sheet.ipynb"}
    exercises = {exercise for row in rows for exercise in targets_of(row[3])}
    assert exercises == {
        (path, quoted(title))
        for path in ROOT.glob("release/*/*.ipynb")
        for title in re.findall(r"^## (\d+\. .+)$", texts(path), re.M)
    }
