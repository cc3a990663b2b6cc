"""The panel of an exercise in JupyterLab, by mouse and by keyboard."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SHOTS
from tests.browser.driving import dark, errors, opened, restart, run, run_all, violations

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests/submissions/pipes/ping_pong"
DEADLOCK = (ANSWERS / "wrong/child_keeps_its_write_end.py").read_text()
RIGHT = (ANSWERS / "correct/counted_rounds.py").read_text()
NOTEBOOK = "work/pipes/pipes.ipynb"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]


@pytest.fixture(scope="module")
def copy(lab: Any) -> Path:
    """A student's copy of the assignment, as `start` makes it."""
    shutil.copytree(lab.folder / "release/pipes", lab.folder / "work/pipes")
    return Path(lab.folder / "work/pipes")


def the_panel(page: Any) -> Any:
    return page.locator(".ag-panel").first


def test_a_wrong_answer_fails_in_the_panel_and_says_why(
    page: Any, lab: Any, copy: Path, troubles: list[str]
) -> None:
    opened(page, lab, NOTEBOOK)
    run(page, "ping-pong-solution", DEADLOCK)
    run(page, "ping-pong-panel")
    panel = the_panel(page)
    panel.get_by_role("button", name="Run checks").click()
    panel.get_by_text("0 of 2 visible checks passed, 0 of 7 points").wait_for()
    card = panel.locator("details[open]")
    text = card.inner_text()
    for words in ("Expected:", "Actual:", "deadlock", "Next:", "os.close(there_write)"):
        assert words in text
    assert card.locator("svg").count() == 1
    assert panel.locator("li.ag-failed").count() == 2
    assert panel.get_by_role("button", name="Show a solution").is_disabled()
    panel.scroll_into_view_if_needed()
    line = page.locator(".ag-line").first
    assert not line.is_visible(), "the line of a saved page says the same"
    assert violations(page, ".ag-panel") == []


def test_hints_come_by_keyboard(page: Any, lab: Any, copy: Path, troubles: list[str]) -> None:
    panel = the_panel(page)
    panel.get_by_role("button", name="Hint").focus()
    page.keyboard.press("Enter")
    panel.locator(".ag-hints li").nth(0).wait_for()
    assert panel.locator(".ag-hints li").count() == 1
    page.keyboard.press("Space")
    panel.locator(".ag-hints li").nth(1).wait_for()


def test_last_result_is_there_after_the_kernel(
    page: Any, lab: Any, copy: Path, troubles: list[str]
) -> None:
    restart(page)
    run(page, "ping-pong-panel")
    panel = the_panel(page)
    panel.get_by_text("0 of 2 visible checks passed").wait_for()
    assert "reader-holds-write-end" in panel.locator("details[open]").inner_text()
    assert panel.locator(".ag-hints li").count() == 2


def test_a_right_answer_passes_and_opens_the_solution(
    page: Any, lab: Any, copy: Path, troubles: list[str]
) -> None:
    run(page, "ping-pong-solution", RIGHT)
    run(page, "ping-pong-panel")
    panel = the_panel(page)
    panel.get_by_role("button", name="Run checks").focus()
    page.keyboard.press("Enter")
    panel.get_by_text("2 of 2 visible checks passed, 7 of 7 points").wait_for()
    assert panel.locator("details").count() == 0
    panel.get_by_role("button", name="Show a solution").click()
    panel.locator(".ag-solution pre").wait_for()
    assert "SOLUTION" not in panel.inner_text()
    assert violations(page, ".ag-panel") == []


def test_the_panel_in_the_dark_theme(page: Any, lab: Any, copy: Path, troubles: list[str]) -> None:
    with dark(page):
        run(page, "ping-pong-solution", DEADLOCK)
        panel = the_panel(page)
        panel.get_by_role("button", name="Run checks").click()
        panel.get_by_text("0 of 2 visible checks passed").wait_for()
        page.screenshot(path=str(SHOTS / "panel_dark.png"))
        assert violations(page, ".ag-panel") == []


def test_the_overview_shows_the_results(
    page: Any, lab: Any, copy: Path, troubles: list[str]
) -> None:
    opened(page, lab, "notebooks/00_start_here.ipynb")
    run(page, "setup")
    run(page, "overview")
    table = page.locator(".jp-OutputArea table", has_text="mini_browser")
    table.get_by_text("ping_pong").wait_for()
    row = table.locator("tr", has_text="ping_pong").inner_text()
    assert "0 of 2 visible checks passed" in row
    table.scroll_into_view_if_needed()
    page.screenshot(path=str(SHOTS / "overview.png"))
    table.get_by_role("link", name="pipes", exact=True).click()
    page.wait_for_function("() => jupyterapp.shell.currentWidget.context?.path.startsWith('work/')")


def test_a_notebook_with_panels_runs_from_top_to_bottom(
    page: Any, lab: Any, copy: Path, troubles: list[str]
) -> None:
    cells = run_all(page, lab, NOTEBOOK)
    assert errors(cells) == {}
    assert page.locator(".ag-panel").count() >= 1
