"""What a check cell is called, for students and for reports."""

from __future__ import annotations

import re
from typing import Any

from autograder.checks import CATALOGUE

BEGIN_HIDDEN = "BEGIN HIDDEN TESTS"
END_HIDDEN = "END HIDDEN TESTS"
# In what IPython shows of a `CheckFailed`: one line for each finding (see its `headline`).
_FINDING = re.compile(r"^\[([a-z-]+)\] ", flags=re.MULTILINE)


def grading(cell: Any) -> dict[str, Any]:
    """Return a cell's nbgrader metadata; empty where it has none that makes sense."""
    metadata = cell.get("metadata", {}).get("nbgrader")
    return metadata if isinstance(metadata, dict) else {}


def is_check(cell: Any) -> bool:
    """A check cell: executed and worth points, not written by the student."""
    about = grading(cell)
    return bool(cell["cell_type"] == "code" and about.get("grade") and not about.get("solution"))


def is_hidden(cell: Any) -> bool:
    """A check cell that has a part the student is not shown."""
    return is_check(cell) and BEGIN_HIDDEN in cell["source"]


def title(cell: Any) -> str:
    """Return the first comment of a check cell, without `#` and `Check:`; else its grade id."""
    for line in cell["source"].splitlines():
        text = line.strip().lstrip("#").strip()
        if (
            not line.strip().startswith("#")
            or BEGIN_HIDDEN in line
            or END_HIDDEN in line
            or not text
        ):
            continue
        return re.sub(r"^(hidden )?check\s*:\s*", "", text, flags=re.IGNORECASE)
    return str(grading(cell).get("grade_id", "check"))


def section(cells: list[Any], index: int) -> str:
    """Return the heading, of the first or second level, that the cell at `index` stands under."""
    for cell in reversed(cells[:index]):
        if cell["cell_type"] != "markdown":
            continue
        headings = re.findall(r"^#{1,2}\s+(.+?)\s*#*$", cell["source"], flags=re.MULTILINE)
        if headings:
            return str(headings[-1])
    return ""


def failure(cell: Any) -> tuple[str, str] | None:
    """Return name and text of the error a code cell ended with; None when it has none."""
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            return output["ename"], output["evalue"]
        if output["output_type"] == "stream" and output["name"] == "stderr":
            return "stderr", output["text"]
    return None


def findings(cell: Any) -> tuple[str, ...]:
    """Return the ids of the findings that a failed check gave as its reasons, each once.

    Only known ids count: what a student's program printed or raised stands there as well.
    """
    named = [
        name
        for output in cell.get("outputs", [])
        if output["output_type"] == "error" and output["ename"] == "CheckFailed"
        for name in _FINDING.findall("\n".join(output["traceback"]))
    ]
    return tuple(dict.fromkeys(name for name in named if name in CATALOGUE))
