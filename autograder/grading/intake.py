"""A submitted notebook, read whatever is wrong with it.

A student's file may be anything: missing, a folder, a FIFO (opening it would block), half a
download, another program's JSON. Reading it never raises and never touches the file. What can
be graded comes back as a clean notebook (valid for nbformat 4.5, without outputs) and a list of
what was mended; what cannot comes back as one fault.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import stat
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Names that no step copies: left by Python, by Jupyter, or by an exercise on FIFOs and sockets.
IGNORED_NAMES = (
    ".ipynb_checkpoints", "__pycache__", ".progress", "*.pyc", "*.fifo", "*.sock", ".nfs*", ".~*",
)  # fmt: skip
SIZE_LIMIT = 50_000_000  # bytes; a notebook without outputs has some 50 thousand
DEFAULT_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_CELL_TYPES = ("code", "markdown", "raw")


@dataclass(frozen=True)
class Intake:
    """A notebook as it was handed in: `notebook` (nbformat 4.5) or else `fault`, and `notes`.

    `fault` completes a sentence that begins with the file's name: "is not JSON (line 1, …)".
    """

    notebook: Any = None
    fault: str = ""
    notes: tuple[str, ...] = ()


class _Unreadable(Exception):
    """Internal: the text is the fault."""


def is_ignored(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in IGNORED_NAMES)


def read_notebook(path: Path) -> Intake:
    """Read the notebook at `path`, mending what can be mended. Never raises, never blocks."""
    try:
        return _clean(_parse(_read_text(path)))
    except _Unreadable as fault:
        return Intake(fault=str(fault))


def _read_text(path: Path) -> str:
    try:
        # O_NONBLOCK: a FIFO put in the notebook's place must not make the grader wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _Unreadable("is missing" + _others(path)) from None
    except OSError as error:
        what = (
            "is a symbolic link, not a file"
            if path.is_symlink()
            else f"cannot be opened ({error.strerror})"
        )
        raise _Unreadable(what) from None
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise _Unreadable(f"is {_kind(mode)}, not a file")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(SIZE_LIMIT + 1)
    finally:
        os.close(descriptor)
    if len(data) > SIZE_LIMIT:
        raise _Unreadable(f"is larger than {SIZE_LIMIT // 1_000_000} MB")
    if not data.strip():
        raise _Unreadable("is empty")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(
            f"is not UTF-8 text (byte 0x{data[error.start]:02x} at offset {error.start})"
        ) from None


def _others(path: Path) -> str:
    """Name the notebooks that are there instead: often the file was only renamed."""
    if not path.parent.is_dir():
        return ""
    names = sorted(each.name for each in path.parent.glob("*.ipynb"))[:3]
    return f" (there is {', '.join(names)})" if names else ""


def _kind(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a FIFO", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _parse(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _Unreadable(
            f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})"
        ) from None
    except (RecursionError, ValueError) as error:
        raise _Unreadable(f"is not JSON that can be read ({error})") from None
    if not isinstance(content, dict) or not ("cells" in content or "worksheets" in content):
        raise _Unreadable("is JSON, but not a notebook (it has no cells)")
    version = content.get("nbformat")
    if version in (2, 3) or "worksheets" in content:
        return _upgraded(content)
    if version != 4:
        raise _Unreadable(f"has the notebook format {version!r}; this course reads format 4")
    if not isinstance(content["cells"], list):
        raise _Unreadable("is JSON, but not a notebook (its cells are not a list)")
    return content


def _upgraded(content: dict[str, Any]) -> dict[str, Any]:
    import nbformat

    try:
        return dict(nbformat.reads(json.dumps(content), as_version=4))
    except Exception as error:
        raise _Unreadable(
            f"is a notebook of an old format that cannot be upgraded ({type(error).__name__})"
        ) from None


def _clean(content: dict[str, Any]) -> Intake:
    from nbformat import v4

    notes: list[str] = []
    cells = [
        cell
        for number, raw in enumerate(content["cells"], 1)
        if (cell := _cell(raw, number, notes))
    ]
    seen: set[str] = set()
    for cell in cells:
        if cell["id"] in seen:
            cell["id"] = v4.new_raw_cell()["id"]
        seen.add(cell["id"])
    metadata = content.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    kernel = metadata.get("kernelspec")
    if not isinstance(kernel, dict) or not isinstance(kernel.get("name"), str):
        notes.append("has no kernelspec: graded with python3")
        kernel = DEFAULT_KERNEL
    spec = {"name": kernel["name"], "display_name": str(kernel.get("display_name", kernel["name"]))}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    return Intake(notebook=notebook, notes=tuple(notes))


def _cell(raw: Any, number: int, notes: list[str]) -> Any:
    """Build a fresh cell from what is usable in `raw`; None when nothing is."""
    from nbformat import v4

    if not isinstance(raw, dict):
        notes.append(f"cell {number} is not a cell: left out")
        return None
    kind = raw.get("cell_type")
    if kind not in _CELL_TYPES:
        notes.append(f"cell {number} has the unknown type {str(kind)[:40]!r}: kept as plain text")
        kind = "raw"
    make: Any = {
        "code": v4.new_code_cell,
        "markdown": v4.new_markdown_cell,
        "raw": v4.new_raw_cell,
    }[kind]
    metadata = raw.get("metadata")
    cell = make(
        source=_text(raw.get("source")),
        metadata=_plain(metadata) if isinstance(metadata, dict) else {},
    )
    name = raw.get("id")
    if isinstance(name, str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name):
        cell["id"] = name
    return cell


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    # JSON can spell a lone surrogate, which no file of UTF-8 text can hold.
    return source.encode("utf-8", "replace").decode("utf-8")


def _plain(metadata: dict[str, Any]) -> dict[str, Any]:
    """Keep nbgrader's part only: a tag such as `skip-execution` must not decide about a grade.

    Its values are text, numbers and truth values; whatever is nested in them was put there.
    """
    given = metadata.get("nbgrader")
    if not isinstance(given, dict):
        return {}
    return {"nbgrader": {key: value for key, value in given.items() if _is_scalar(value)}}


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, bool, int, float))
