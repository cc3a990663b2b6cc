"""Following the links of the notebooks: to files, to headings, to cells."""

import re
from pathlib import Path
from urllib.parse import unquote

import nbformat

LINK = re.compile(r"\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)")


def read(notebook: Path) -> nbformat.NotebookNode:
    return nbformat.read(notebook, 4)


def texts(notebook: Path) -> str:
    """All that is written in markdown cells."""
    cells = read(notebook).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def headings(text: str) -> list[str]:
    """The headings of level 2 and below, as they are read: without marks."""
    return [found.replace("`", "") for found in re.findall(r"^##+ (.+)$", text, re.M)]


def links(text: str) -> list[str]:
    """The targets of all links in a text in markdown, those in code blocks left out."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    prose = re.sub(r"(?<!`)`[^`\n]+`(?!`)", "", prose)
    return [target for _, target in LINK.findall(prose)]


def complaint(page: Path, target: str) -> str | None:
    """Why the link `target` of `page` leads nowhere; None when it arrives.

    A fragment is a heading with its blanks as hyphens, or `cell-id=` and the id of a cell, as
    JupyterLab has them. Links to other machines are not followed.
    """
    if re.match(r"[a-z]+:", target):
        return None if target.startswith("https://") else f"{target}: not https"
    name, _, fragment = target.partition("#")
    there = (page.parent / unquote(name)).resolve() if name else page
    if not there.exists():
        return f"{target}: there is no such file"
    if not fragment:
        return None
    if fragment.startswith("cell-id="):
        found = any(cell.id == fragment.removeprefix("cell-id=") for cell in read(there).cells)
        return None if found else f"{target}: there is no such cell"
    if "?" in unquote(fragment):
        return f"{target}: JupyterLab finds no heading with a question mark"
    text = texts(there) if there.suffix == ".ipynb" else there.read_text(encoding="utf-8")
    known = {heading.replace(" ", "-") for heading in headings(text)}
    if there.suffix == ".md":
        known = {heading.lower() for heading in known}
    return None if unquote(fragment) in known else f"{target}: there is no such heading"
