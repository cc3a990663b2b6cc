"""A live picture, used in JupyterLab by mouse and by keyboard."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_lab import opened

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]

RUN = """async (id) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = notebook.widgets.findIndex(cell => cell.model.id === id);
    notebook.deselectAll();
    await notebook.scrollToItem(notebook.activeCellIndex, 'start');
    await jupyterapp.commands.execute('notebook:run-cell');
}"""


@pytest.fixture
def troubles(page: Any) -> Iterator[list[str]]:
    """Errors of the page and of its console; there must be none in the end."""
    found: list[str] = []

    def on_error(error: Any) -> None:
        found.append(str(error))

    def on_console(told: Any) -> None:
        if told.type == "error":
            found.append(told.text)

    page.on("pageerror", on_error)
    page.on("console", on_console)
    yield found
    page.remove_listener("pageerror", on_error)
    page.remove_listener("console", on_console)
    assert not found


def shown(live: Any, text: str) -> None:
    """Wait until the picture has this text."""
    live.locator("svg text", has_text=text).first.wait_for()


def test_the_slots_of_a_pipe_by_mouse(page: Any, lab: Any, troubles: list[str]) -> None:
    opened(page, lab, "notebooks/06_pipes.ipynb")
    page.evaluate(RUN, "pipe-slots-live")
    live = page.locator(".ag-live")
    live.wait_for()
    assert page.locator(".ag-still:visible").count() == 0, "the live picture takes its place"
    assert live.get_by_role("button", name="Write", exact=True).get_attribute("aria-disabled")
    live.get_by_label("Your prediction").fill("7")
    live.get_by_role("button", name="Predict").click()
    live.get_by_role("button", name="Write until it is full").click()
    shown(live, "16 of 16 slots")
    live.get_by_role("button", name="Write", exact=True).click()
    shown(live, "sleeps in write")
    assert live.get_by_role("img", name="The slots of a pipe").count() == 1


def test_the_slots_of_a_pipe_by_keyboard(page: Any, lab: Any, troubles: list[str]) -> None:
    opened(page, lab, "notebooks/06_pipes.ipynb")
    page.evaluate(RUN, "pipe-slots-live")
    live = page.locator(".ag-live")
    live.wait_for()
    shown(live, "0 of 16 slots")
    live.get_by_label("Your prediction").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    live.get_by_text("You predicted: 3").wait_for()
    page.keyboard.press("Enter")  # the first button has the focus now
    shown(live, "1 of 16 slots")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    shown(live, "16 of 16 slots")
    mode = page.evaluate("() => jupyterapp.shell.currentWidget.content.mode")
    assert mode == "command", "the keys are the picture's, not the notebook's"
