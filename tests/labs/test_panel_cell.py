"""The panel's cell: a widget for somebody, one line in a saved page, nothing in grading."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import nbclient
import pytest
from kernels import warm_jupyter  # noqa: F401 - a fixture
from nbclient.client import NotebookClient
from nbconvert import HTMLExporter
from nbformat import v4

from autograder.grading.execution import execute
from autograder.grading.intake import IGNORED_NAMES
from autograder.labs.panel_results import FOLDER

ROOT = Path(__file__).parents[2]
PANEL = 'from autograder.labs import panel\n\npanel("ping_pong")'
LOADED = "import sys\nprint(sorted({'ipywidgets', 'anywidget'} & set(sys.modules)))"


class Interactive(nbclient.NotebookClient):  # type: ignore[misc]
    """Executes as a page does, which can be asked for input."""

    async def async_start_new_kernel_client(self, **options: Any) -> Any:
        client = await super().async_start_new_kernel_client(**options)
        client.allow_stdin = True
        return client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "release/pipes", tmp_path / "pipes")
    return tmp_path / "pipes"


def executed(folder: Path, kind: type[NotebookClient] = NotebookClient) -> Any:
    notebook = v4.new_notebook(cells=[v4.new_code_cell(PANEL), v4.new_code_cell(LOADED)])
    client = kind(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}}, timeout=60
    )
    asyncio.run(client.async_execute())
    return notebook


def test_somebody_sees_a_line_and_a_widget(folder: Path) -> None:
    line, widget = executed(folder, Interactive).cells[0].outputs
    assert "the checks have not run yet" in line.data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in widget.data


def test_saved_page_has_one_useful_line(folder: Path) -> None:
    notebook = executed(folder)
    (line,) = notebook.cells[0].outputs
    assert "ping_pong: the checks have not run yet." in line.data["text/plain"]
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert "ping_pong: the checks have not run yet." in page


def test_nothing_is_shown_or_loaded_when_nbgrader_executes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    panel, loaded = executed(folder).cells
    assert panel.outputs == []
    assert loaded.outputs[0].text == "[]\n"


def test_nbgraders_forgotten_word_takes_no_panel_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Validate, run by the server, leaves it to every kernel that is started later."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert len(executed(folder, Interactive).cells[0].outputs) == 2


def test_nothing_is_shown_or_loaded_when_the_course_grades(folder: Path, level: str) -> None:
    notebook = v4.new_notebook(cells=[v4.new_code_cell(PANEL), v4.new_code_cell(LOADED)])
    execute(notebook, folder)
    assert notebook.cells[0].outputs == []
    assert notebook.cells[1].outputs[0].text == "[]\n"


def test_results_are_not_handed_in() -> None:
    assert FOLDER in IGNORED_NAMES
