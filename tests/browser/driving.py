"""What a person does in JupyterLab: open a notebook, run its cells, change the theme, listen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe

_OPEN = """async (path) => {
    const widget = await jupyterapp.commands.execute('docmanager:open', { path });
    await widget.context.ready;
    await widget.sessionContext.ready;
    jupyterapp.shell.activateById(widget.id);
}"""
# Sets a cell's text, if one is given, runs the cell, and brings it into sight.
_RUN = """async ([id, source]) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const place = notebook.widgets.findIndex(cell => cell.model.id === id);
    if (source) notebook.widgets[place].model.sharedModel.setSource(source);
    notebook.activeCellIndex = place;
    notebook.deselectAll();
    await jupyterapp.commands.execute('notebook:run-cell');
    await notebook.scrollToItem(place, 'start');
}"""
_RUN_ALL = "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
_ALL_RAN = """() => jupyterapp.shell.currentWidget.content.widgets.every(cell =>
    cell.model.type !== 'code' || !cell.model.sharedModel.getSource().trim() ||
    (cell.model.executionCount && cell.model.executionState !== 'running'))"""
_CELLS = "() => jupyterapp.shell.currentWidget.content.model.toJSON().cells"
_SHOW = """async (id) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const place = notebook.widgets.findIndex(cell => cell.model.id === id);
    await notebook.scrollToItem(place, 'start');
}"""
_SAVE = "() => jupyterapp.commands.execute('docmanager:save')"
_RESTART = "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
_SHUT_DOWN = "() => jupyterapp.shell.currentWidget.sessionContext.shutdown()"
_THEME = "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })"

# The Web Content Accessibility Guidelines 2.1, levels A and AA.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def opened(page: Any, lab: Any, path: str) -> None:
    """Open a notebook, with its kernel, and bring it to the front."""
    if not page.url.startswith(f"{lab.url}/lab"):
        page.goto(f"{lab.url}/lab")
    page.wait_for_function("() => window.jupyterapp && jupyterapp.shell.currentWidget")
    page.evaluate("() => jupyterapp.restored")
    page.evaluate(_OPEN, path)


def run(page: Any, cell: str, source: str = "") -> None:
    """Run one cell of the notebook in front, with a new text if one is given."""
    page.evaluate(_RUN, [cell, source])


def run_all(page: Any, lab: Any, path: str) -> list[Any]:
    """Open the notebook, run all its cells, wait for the last one; return the cells."""
    opened(page, lab, path)
    page.evaluate(_RUN_ALL)
    page.wait_for_function(_ALL_RAN, timeout=120_000)
    return list(page.evaluate(_CELLS))


def show(page: Any, cell: str) -> None:
    """Bring a cell of the notebook in front into sight."""
    page.evaluate(_SHOW, cell)


def save(page: Any) -> None:
    """Save the notebook in front."""
    page.evaluate(_SAVE)


def restart(page: Any) -> None:
    """Restart the kernel of the notebook in front."""
    page.evaluate(_RESTART)


def shut_down(page: Any) -> None:
    """Save the notebook in front and end its kernel."""
    save(page)
    page.evaluate(_SHUT_DOWN)


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


@contextmanager
def dark(page: Any) -> Iterator[None]:
    """The dark theme, and the light one afterwards."""
    page.evaluate(_THEME, "JupyterLab Dark")
    try:
        page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
        yield
    finally:
        page.evaluate(_THEME, "JupyterLab Light")
        page.locator("body[data-jp-theme-light=true]").wait_for(state="attached")


def violations(page: Any, part: str) -> list[str]:
    """What axe-core has against a part of the page, named by a CSS selector."""
    found = Axe().run(page, context=part, options=_RULES).response
    assert found["passes"], f"axe-core found nothing to look at in {part}"
    return [
        f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]
    ]
