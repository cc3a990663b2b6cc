"""A TA in formgrader, from `make lab`: generate, autograde, read why, comment, give feedback."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.browser.conftest import SHOTS
from tests.browser.driving import opened, run, save

ROOT = Path(__file__).parents[2]
WRONG = ROOT / "tests/submissions/pipes/ping_pong/wrong/child_keeps_its_write_end.py"
COMMENT = "Who holds the write end that your child waits for?"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]


@pytest.fixture(scope="module")
def submitted(lab: Any) -> Path:
    """What ada and ben handed in: one wrong answer each, and the rest not written."""
    release = nbformat.read(ROOT / "release/pipes/pipes.ipynb", as_version=4)
    answer = next(cell for cell in release.cells if cell.id == "ping-pong-solution")
    answer.source = WRONG.read_text()
    for student in ("ada", "ben"):
        path = lab.folder / "submitted" / student / "pipes/pipes.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(release, path)
    return Path(lab.folder / "submitted")


def dialog(page: Any) -> str:
    """What the dialog says that ends an action; it is closed."""
    shown = page.locator(".modal-dialog").last
    shown.get_by_text("Successfully").or_(shown.get_by_text("There was an error")).wait_for(
        timeout=180_000
    )
    text = str(shown.inner_text())
    shown.get_by_role("button", name="OK").click()
    page.locator(".modal-backdrop").wait_for(state="detached")
    return text


def row(page: Any, name: str) -> Any:
    return page.locator("tr", has=page.get_by_text(name, exact=True))


def test_formgrader_generates_the_assignment(page: Any, lab: Any, submitted: Path) -> None:
    released = lab.folder / "release/pipes/pipes.ipynb"
    before = released.read_bytes()
    page.goto(f"{lab.url}/formgrader/manage_assignments")
    row(page, "pipes").locator(".assign a").click()
    assert "Successfully" in dialog(page)
    assert released.read_bytes() == before, "the same as `autograder release` makes"


def test_formgrader_autogrades_one_submission_a_request(
    page: Any, lab: Any, submitted: Path
) -> None:
    page.goto(f"{lab.url}/formgrader/manage_submissions/pipes")
    for student in ("ada", "ben"):
        row(page, student).locator(".autograde a").click()
        assert "Successfully" in dialog(page)
        row(page, student).locator(".status", has_text="graded").wait_for()
    scores = {row(page, name).locator(".score").inner_text() for name in ("ada", "ben")}
    assert scores == {"0 / 100"}
    # The course's plug-in did it: stock nbgrader leaves no such note of each check.
    assert (lab.folder / ".autograder/checks.db").is_file()


def test_submission_shows_why_with_pictures_and_takes_a_comment(
    page: Any, lab: Any, submitted: Path
) -> None:
    page.goto(f"{lab.url}/formgrader/gradebook/pipes/pipes")
    page.get_by_role("link", name="Submission #1").click()
    cell = page.locator(".output_wrapper", has_text="Expected:").first
    cell.wait_for()
    text = cell.inner_text()
    for words in ("Expected:", "Actual:", "deadlock", "Next:", "os.close(there_write)"):
        assert words in text
    assert cell.locator("svg").count() >= 1
    box = cell.locator("svg").first.bounding_box()
    assert box["width"] > 200, "the picture is not squeezed"
    cell.scroll_into_view_if_needed()
    page.screenshot(path=str(SHOTS / "formgrader_why.png"))
    assert page.get_by_text("panel(").count() == 6, "a panel's cell is there, without an output"
    assert page.locator(".ag-panel, .ag-line").count() == 0

    comment = page.locator("#ping-pong-solution-comment")
    comment.scroll_into_view_if_needed()
    comment.fill(COMMENT)
    saved = page.locator(".nbgrader_cell", has=comment).locator(".comment-saved")
    with page.expect_response(lambda answer: "/api/comment/" in answer.url) as put:
        comment.blur()
    assert put.value.ok
    saved.wait_for(state="attached")
    page.reload()
    page.wait_for_function(
        "text => document.getElementById('ping-pong-solution-comment')?.value === text",
        arg=COMMENT,
    )


def test_feedback_has_the_comment_and_the_explanation(page: Any, lab: Any, submitted: Path) -> None:
    page.goto(f"{lab.url}/formgrader/manage_submissions/pipes")
    for student in ("ada", "ben"):
        row(page, student).locator(".generate-feedback a").click()
        assert "Successfully" in dialog(page)
    pages = [lab.folder / "feedback" / name / "pipes/pipes.html" for name in ("ada", "ben")]
    texts = [path.read_text() for path in pages]
    assert sum(COMMENT in text for text in texts) == 1, "it is for one of them"
    for text in texts:
        assert "reader-holds-write-end" in text
        assert "random.randbytes" not in text, "a hidden check's text is not for students"
    page.goto(pages[[COMMENT in text for text in texts].index(True)].as_uri())
    page.get_by_text(COMMENT).first.scroll_into_view_if_needed()


def test_kernels_started_after_validate_still_have_panels(
    page: Any, lab: Any, submitted: Path
) -> None:
    """nbgrader executes in the server's process; what it sets there must not stay with students."""
    opened(page, lab, "release/pipes/pipes.ipynb")
    save(page)
    page.get_by_role("button", name="Validate").last.click()
    page.get_by_text("Validation Results").wait_for(timeout=180_000)
    shown = page.locator(".jp-Dialog").last
    assert "not written yet" in shown.inner_text()
    shown.get_by_role("button").last.click()
    run(page, "ping-pong-panel")
    page.locator(".ag-panel").get_by_role("button", name="Run checks").wait_for()
