"""Tables as CSV files (RFC 4180) that a spreadsheet opens without executing anything."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

# What a spreadsheet takes for the beginning of a formula; some skip a tab or a line end first.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(path: Path, names: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Write a heading and lines to `path`. None is an empty field."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([field(name) for name in names])
        table.writerows([field(value) for value in line] for line in lines)


def field(value: object) -> str:
    """Return `value` as text; a text that would be a formula gets an apostrophe in front.

    A student's id, a file's name, a note on a cell: all of them may be somebody's attempt.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    formula = isinstance(value, str) and text.startswith(_FORMULA)
    return f"'{text}" if formula else text
