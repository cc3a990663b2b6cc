"""The table of topics in JupyterLab: a click leads to the section, to the cell, to the exercise."""

from typing import Any

import pytest

from tests.browser.driving import opened, show

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("shot")]

PLACE = """([path, words]) => {
    const widget = jupyterapp.shell.currentWidget;
    if (widget?.context?.path !== path || !widget.content.model) return false;
    return [...widget.node.querySelectorAll('.jp-Cell')].some(node => {
        const box = node.getBoundingClientRect();
        const frame = widget.content.node.getBoundingClientRect();
        return node.textContent.includes(words) && box.bottom > frame.top && box.top < frame.bottom;
    });
}"""


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("07 ls | wc -l", "notebooks/07_redirection.ipynb", "ls | wc -l"),
        ("random-measured", "notebooks/03_memory_mapped_files.ipynb", "At random places"),
        ("The SIGBUS clinic", "release/mmap_persistence/mmap_persistence.ipynb", "SIGBUS clinic"),
        ("wires", "release/pipes/pipes.ipynb", "# Check: one pipe joins two programs"),
    ],
    ids=["section", "cell", "exercise", "check"],
)
def test_a_click_leads_there(page: Any, lab: Any, text: str, path: str, words: str) -> None:
    opened(page, lab, "notebooks/00_start_here.ipynb")
    show(page, "topics")
    page.get_by_role("link", name=text, exact=True).first.click()
    page.wait_for_function(PLACE, arg=[path, words])
