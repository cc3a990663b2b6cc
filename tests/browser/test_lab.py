"""A student and a TA in JupyterLab: what they open, run, break and read."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.driving import errors, opened, run, run_all, save, shut_down

ROOT = Path(__file__).parents[2]
DEADLOCK = ROOT / "tests/submissions/pipes/ping_pong/wrong/child_keeps_its_write_end.py"

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("0*.ipynb"))
# Pictures that say nothing to somebody who cannot see them.
UNNAMED = """() => {
    const named = each => each.getAttribute('alt') || each.getAttribute('aria-label') ||
        each.querySelector('title')?.textContent || each.closest('[aria-hidden=true], button');
    const outputs = jupyterapp.shell.currentWidget.node.querySelectorAll('.jp-OutputArea');
    return [...outputs].flatMap(each => [...each.querySelectorAll('img, svg')])
        .filter(each => !named(each)).map(each => each.outerHTML.slice(0, 200));
}"""
CLOSE = "() => jupyterapp.shell.currentWidget.close()"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]


def test_the_course_opens_at_its_first_lesson(page: Any, lab: Any) -> None:
    page.goto(lab.url)
    page.wait_for_url("**/lab/tree/notebooks/00_start_here.ipynb")
    page.wait_for_function(
        "() => window.jupyterapp && jupyterapp.shell.currentWidget?.content.model"
    )
    heading = page.locator(".jp-Notebook h1").first
    heading.wait_for()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_from_top_to_bottom(
    page: Any, lab: Any, troubles: list[str], lesson: str
) -> None:
    assert errors(run_all(page, lab, f"notebooks/{lesson}.ipynb")) == {}
    unnamed = page.evaluate(UNNAMED)
    assert unnamed == [], "a picture without a text alternative"
    shut_down(page)
    page.evaluate(CLOSE)


def test_the_first_lesson_starts_the_assignment(lab: Any) -> None:
    assert (lab.folder / "work/pipes/pipes.ipynb").is_file()


def test_an_exercise_that_is_broken_on_purpose_is_explained(page: Any, lab: Any) -> None:
    opened(page, lab, "work/pipes/pipes.ipynb")
    run(page, "ping-pong-solution", DEADLOCK.read_text())
    run(page, "ping-pong-check-answers")
    card = page.locator(".jp-OutputArea", has_text="reader-holds-write-end").last
    card.wait_for()
    text = card.inner_text()
    for words in ("Expected:", "Actual:", "deadlock", "Why", "Next:", "os.close(there_write)"):
        assert words in text
    assert "Traceback" not in text
    assert "autograder/" not in text
    card.locator("svg", has_text="stuck").first.scroll_into_view_if_needed()


def test_the_validate_button_says_which_checks_fail(page: Any, lab: Any) -> None:
    opened(page, lab, "work/pipes/pipes.ipynb")
    save(page)
    page.get_by_role("button", name="Validate").last.click()
    page.get_by_text("Validation Results").wait_for(timeout=180_000)
    told = page.locator(".jp-Dialog").last.inner_text()
    assert "reader-holds-write-end" in told
    assert "Traceback" not in told


def test_formgrader_lists_the_assignment(page: Any, lab: Any) -> None:
    page.goto(f"{lab.url}/formgrader/manage_assignments")
    page.get_by_role("link", name="pipes").first.wait_for()
