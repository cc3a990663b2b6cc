"""A student and a TA in JupyterLab: what they open, run, break and read."""

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DEADLOCK = ROOT / "tests/submissions/pipes/ping_pong/wrong/child_keeps_its_write_end.py"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]

OPEN = """async (path) => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path });
    await widget.context.ready;
    await widget.sessionContext.ready;
    jupyterapp.shell.activateById(widget.id);
}"""
RUN_ALL = "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
CELLS = "() => jupyterapp.shell.currentWidget.content.model.toJSON().cells"
ALL_RAN = """() => jupyterapp.shell.currentWidget.content.widgets.every(cell =>
    cell.model.type !== 'code' || !cell.model.sharedModel.getSource().trim() ||
    (cell.model.executionCount && cell.model.executionState !== 'running'))"""
# Writes `source` into the cell `id`, runs the cells up to and with `last`, shows the last one.
TRY = """async ([id, source, last]) => {
    const panel = jupyterapp.shell.currentWidget;
    const cells = panel.content.widgets;
    const place = name => cells.findIndex(cell => cell.model.id === name);
    cells[place(id)].model.sharedModel.setSource(source);
    for (const name of [id, last]) {
        panel.content.activeCellIndex = place(name);
        panel.content.deselectAll();
        await jupyterapp.commands.execute('notebook:run-cell');
    }
    await panel.content.scrollToItem(place(last), 'start');
}"""


def opened(page: Any, lab: Any, path: str) -> None:
    if not page.url.startswith(f"{lab.url}/lab"):
        page.goto(f"{lab.url}/lab")
    page.wait_for_function("() => window.jupyterapp && jupyterapp.shell.currentWidget")
    page.evaluate("() => jupyterapp.restored")
    page.evaluate(OPEN, path)


def run_all(page: Any, lab: Any, path: str) -> list[Any]:
    """Open the notebook, run all its cells, wait for the last one; return the cells."""
    opened(page, lab, path)
    page.evaluate(RUN_ALL)
    page.wait_for_function(ALL_RAN, timeout=120_000)
    return list(page.evaluate(CELLS))


def errors(cells: list[Any]) -> dict[str, str]:
    """The cells that ended with an error, but for those that are meant to."""
    return {
        cell["id"]: f"{output['ename']}: {output['evalue']}"
        for cell in cells
        if cell["cell_type"] == "code"
        and "raises-exception" not in cell["metadata"].get("tags", [])
        for output in cell["outputs"]
        if output["output_type"] == "error"
    }


def test_the_course_opens_at_its_first_lesson(page: Any, lab: Any) -> None:
    page.goto(lab.url)
    page.wait_for_url("**/lab/tree/notebooks/00_start_here.ipynb")
    page.wait_for_function(
        "() => window.jupyterapp && jupyterapp.shell.currentWidget?.content.model"
    )
    heading = page.locator(".jp-Notebook h1").first
    heading.wait_for()


def test_the_first_lesson_runs_from_top_to_bottom(page: Any, lab: Any) -> None:
    assert errors(run_all(page, lab, "notebooks/00_start_here.ipynb")) == {}
    assert (lab.folder / "work/pipes/pipes.ipynb").is_file(), "the lesson starts the assignment"


def test_an_exercise_that_is_broken_on_purpose_is_explained(page: Any, lab: Any) -> None:
    opened(page, lab, "work/pipes/pipes.ipynb")
    page.evaluate(TRY, ["ping-pong-solution", DEADLOCK.read_text(), "ping-pong-check-answers"])
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
    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    page.get_by_role("button", name="Validate").last.click()
    page.get_by_text("Validation Results").wait_for(timeout=180_000)
    told = page.locator(".jp-Dialog").last.inner_text()
    assert "reader-holds-write-end" in told
    assert "Traceback" not in told


def test_formgrader_lists_the_assignment(page: Any, lab: Any) -> None:
    page.goto(f"{lab.url}/formgrader/manage_assignments")
    page.get_by_role("link", name="pipes").first.wait_for()
