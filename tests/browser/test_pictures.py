"""The live pictures, used in JupyterLab by mouse and by keyboard."""

from typing import Any

import pytest

from tests.browser.test_lab import opened

pytestmark = [pytest.mark.browser]

RUN = """async (id) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.model.id === id);
    notebook.deselectAll();
    await notebook.scrollToItem(notebook.activeCellIndex, 'start');
    await jupyterapp.commands.execute('notebook:run-cell');
}"""


@pytest.fixture
def troubles(page: Any) -> Any:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda told: found.append(told.text) if told.type == "error" else None)
    return found


def test_slots(page: Any, lab: Any, troubles: list[str]) -> None:
    opened(page, lab, "notebooks/06_pipes.ipynb")
    page.evaluate(RUN, "pipe-slots-live")
    live = page.locator(".ag-live")
    live.wait_for()
    print(troubles)
    page.screenshot(path="/tmp/shot1.png")
    live.get_by_label("Your prediction").fill("3")
    live.get_by_role("button", name="Predict").click()
    live.get_by_role("button", name="Write until it is full").click()
    live.locator("svg text", has_text="16 of 16 slots").first.wait_for()
    live.get_by_role("button", name="Write", exact=True).click()
    live.locator("svg text", has_text="sleeps in write").first.wait_for()
    page.screenshot(path="/tmp/shot2.png")
    print(troubles)
