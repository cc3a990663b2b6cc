"""Whole files that attack: each function makes one of a notebook whose answer is worth nothing.

`cells` finds a cell by its grade id. A function returns the bytes that are handed in. What each
tries is in its docstring; what it may get at most is in `table.toml`.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]
RIGHT = (
    "import hashlib\n\n\ndef seal(text):\n"
    '    return hashlib.sha256(f"{text[::-1]}|lecture".encode()).hexdigest()\n'
)
CHECKS = ("seal-first", "seal-hidden", "seal-last")


def cells(notebook: Notebook) -> dict[str, dict[str, Any]]:
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell
        for cell in notebook["cells"]
        if "nbgrader" in cell["metadata"]
    }


def _about(notebook: Notebook, name: str) -> dict[str, Any]:
    return cells(notebook)[name]["metadata"]["nbgrader"]  # type: ignore[no-any-return]


def _code(source: str, **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code", "source": source, "metadata": metadata, "outputs": [],
        "execution_count": None,
    }  # fmt: skip


def _json(notebook: Notebook) -> bytes:
    return json.dumps(notebook).encode()


def output_of_100_megabytes(notebook: Notebook) -> bytes:
    """A file too large to read into memory a hundred times over."""
    output = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000_000}
    notebook["cells"].append({**_code("1"), "outputs": [output]})
    return _json(notebook)


def ten_thousand_cells(notebook: Notebook) -> bytes:
    """10,000 cells, 300 of them with code: the time of a notebook is bounded, not of a cell."""
    notebook["cells"] += [_code("1") for _ in range(300)]
    notebook["cells"] += [
        {"cell_type": "markdown", "source": "# x", "metadata": {}} for _ in range(9_700)
    ]
    return _json(notebook)


def ten_thousand_checks(notebook: Notebook) -> bytes:
    """10,000 copies of a check: one counts."""
    check = cells(notebook)["seal-first"]
    notebook["cells"] += [copy.deepcopy({**check, "source": "pass"}) for _ in range(10_000)]
    return _json(notebook)


def nested_100_000_deep(notebook: Notebook) -> bytes:
    """JSON nested deeper than a parser recurses."""
    text = _json(notebook)
    return text[:-1] + b', "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def metadata_nested_900_deep(notebook: Notebook) -> bytes:
    """Nested as deep as json reads, too deep for whoever copies it."""
    deep: Any = 1
    for _ in range(900):
        deep = {"deep": deep}
    notebook["metadata"]["deep"] = deep
    for cell in notebook["cells"]:
        cell["metadata"]["deep"] = deep
        cell["metadata"].setdefault("nbgrader", {})["deep"] = deep
    return _json(notebook)


def not_utf_8(notebook: Notebook) -> bytes:
    """Bytes that are no UTF-8, in the middle of a notebook that is JSON otherwise."""
    return _json(notebook).replace(b"def seal", b"def \xff\xfe seal", 1)


def utf_16(notebook: Notebook) -> bytes:
    """A notebook in another encoding."""
    return json.dumps(notebook).encode("utf-16")


def nul_bytes(notebook: Notebook) -> bytes:
    """NUL characters in the source of every cell, in an id and in a name."""
    for cell in notebook["cells"]:
        cell["source"] = "\0" + cell["source"]
        cell["id"] = "nul\0"
    notebook["metadata"]["kernelspec"]["name"] = "python3\0"
    return _json(notebook)


def lone_surrogates(notebook: Notebook) -> bytes:
    """Texts that no file can hold."""
    for cell in notebook["cells"]:
        cell["source"] += "\n# \ud800"
    notebook["metadata"]["authors"] = ["\udfff"]
    return _json(notebook)


def equal_cell_ids(notebook: Notebook) -> bytes:
    """Every cell has the same id; the answer is right."""
    cells(notebook)["seal"]["source"] = RIGHT
    for cell in notebook["cells"]:
        cell["id"] = "seal-hidden"
    return _json(notebook)


def equal_grade_ids(notebook: Notebook) -> bytes:
    """Cells of the student's own with the ids of the checks, before and after the real ones."""
    for name in CHECKS:
        fake = copy.deepcopy(cells(notebook)[name])
        fake["source"] = "40"
        notebook["cells"].insert(0, fake)
        notebook["cells"].append(copy.deepcopy(fake))
    return _json(notebook)


def grade_id_of_the_hidden_check(notebook: Notebook) -> bytes:
    """The solution claims to be the hidden check, and the hidden check to be a solution."""
    _about(notebook, "seal")["grade_id"] = "seal-hidden"
    hidden = notebook["cells"][-2]["metadata"]["nbgrader"]
    hidden |= {"grade_id": "seal", "solution": True, "grade": False, "locked": False}
    return _json(notebook)


def points_raised(notebook: Notebook) -> bytes:
    """A check that says it is worth a thousand points, and one below zero."""
    cells(notebook)["seal"]["source"] = 'def seal(text):\n    return ""\n'
    _about(notebook, "seal-first")["points"] = 1000
    _about(notebook, "seal-last")["points"] = -1000
    _about(notebook, "seal").update(points=1000, grade=True)
    return _json(notebook)


def points_that_are_no_numbers(notebook: Notebook) -> bytes:
    """NaN, Infinity and a number of 5,000 digits where points should be."""
    for name, points in zip(CHECKS, ("@NAN@", "@INFINITY@", "@HUGE@"), strict=True):
        _about(notebook, name)["points"] = points
    text = _json(notebook).replace(b'"@NAN@"', b"NaN").replace(b'"@INFINITY@"', b"-Infinity")
    return text.replace(b'"@HUGE@"', b"9" * 5_000)


def huge_numbers(notebook: Notebook) -> bytes:
    """Numbers beyond every integer type, as format, counts and points."""
    notebook["nbformat_minor"] = 10**30
    for cell in notebook["cells"]:
        cell["execution_count"] = -(10**30)
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": 1e308, "schema_version": 10**30}
    return _json(notebook)


def checks_unlocked_and_emptied(notebook: Notebook) -> bytes:
    """Check cells that are not locked, and whose text is `pass`."""
    for name in CHECKS:
        _about(notebook, name)["locked"] = False
        cells(notebook)[name]["source"] = "pass"
    return _json(notebook)


def checks_turned_to_text(notebook: Notebook) -> bytes:
    """Check cells that have become text and raw cells: executed by nobody."""
    for name, kind in zip(CHECKS, ("markdown", "raw", "markdown"), strict=True):
        cell = cells(notebook)[name]
        cell["cell_type"] = kind
        del cell["outputs"], cell["execution_count"]
    return _json(notebook)


def grade_and_solution_both(notebook: Notebook) -> bytes:
    """Checks that say they are answers, for a person to grade, and tasks, and a wrong checksum."""
    for name in CHECKS:
        _about(notebook, name).update(solution=True, task=True, checksum="0" * 32)
        cells(notebook)[name]["source"] = "40"
    return _json(notebook)


def metadata_of_odd_types(notebook: Notebook) -> bytes:
    """nbgrader's metadata as lists, numbers, and names that lead out of a folder."""
    odd: list[Any] = [[1], 7, "text", {"grade_id": ["seal"]}, {"grade_id": "../../x", "grade": 1}]
    for value in odd:
        notebook["cells"].append(_code("40", nbgrader=value))
    notebook["metadata"] = []
    notebook["cells"].append(None)
    return _json(notebook)


def another_kernel(notebook: Notebook) -> bytes:
    """The kernel of another language, for which every check is a word it does not know."""
    notebook["metadata"]["kernelspec"] = {
        "name": "bash", "display_name": "Bash", "language": "bash", "argv": ["/bin/true"],
    }  # fmt: skip
    notebook["metadata"]["language_info"] = {"name": "bash"}
    return _json(notebook)


def kernel_beside_the_notebook(notebook: Notebook) -> bytes:
    """A kernel's name that leads to a folder of the student's own."""
    notebook["metadata"]["kernelspec"]["name"] = "../../../submitted/kernels/planted"
    return _json(notebook)


def tags_that_skip(notebook: Notebook) -> bytes:
    """Tags that keep a cell from being executed, or let it raise."""
    for cell in notebook["cells"]:
        cell["metadata"]["tags"] = [
            "skip-execution",
            "raises-exception",
            "remove-cell",
            "nbval-skip",
        ]
    return _json(notebook)


def outputs_forged(notebook: Notebook) -> bytes:
    """Outputs that say that every check has passed, and results of the grader's own kind."""
    notebook["metadata"]["autograder"] = {"notes": ["everything is right"], "passed": list(CHECKS)}
    for name in CHECKS:
        data = {"text/plain": "40"}
        output = {
            "output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1,
        }  # fmt: skip
        cells(notebook)[name]["outputs"] = [output]
        cells(notebook)[name]["metadata"]["autograder"] = {"score": 40, "outcome": "passed"}
    return _json(notebook)


def unreadable_by_its_own_word(notebook: Notebook) -> bytes:
    """Says of itself that the grader could not read it, so that nothing is executed."""
    notebook["metadata"]["autograder"] = {"unreadable": "the grader's disk is full"}
    return _json(notebook)


def checks_before_the_answer(notebook: Notebook) -> bytes:
    """All cells in reverse; the answer is right, and comes after the checks."""
    cells(notebook)["seal"]["source"] = RIGHT
    notebook["cells"].reverse()
    return _json(notebook)


def markup_everywhere(notebook: Notebook) -> bytes:
    """Scripts in every text that a page for students or TAs might show."""
    script = "<script>alert('planted-script')</script><img src=x onerror=alert(1)>"
    notebook["metadata"]["title"] = notebook["metadata"]["kernelspec"]["display_name"] = script
    notebook["cells"].append({"cell_type": script, "source": script, "metadata": {}})
    notebook["cells"].append({"cell_type": "markdown", "source": script, "metadata": {}})
    notebook["cells"].append(_code(f"raise type({script!r}, (Exception,), {{}})({script!r})"))
    return _json(notebook)


def old_format(notebook: Notebook) -> bytes:
    """A notebook of format 3, with worksheets that are none."""
    worksheets = [{"cells": notebook["cells"]}, None, 5]
    return _json({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": worksheets})


def source_as_ten_million_lines(notebook: Notebook) -> bytes:
    """A cell's source as a list of millions of pieces, most of which are not text."""
    source = [*["\n"] * 3_000_000, 1, None, {}, 'def seal(text):\n    return ""\n']
    cells(notebook)["seal"]["source"] = source
    return _json(notebook)


def source_that_compiles_for_ever(notebook: Notebook) -> bytes:
    """Source on which the compiler itself runs out of stack or of memory."""
    cells(notebook)["seal"]["source"] = "x = " + "(" * 5_000 + ")" * 5_000
    notebook["cells"].append(_code("x = " + "-" * 200_000 + "1"))
    notebook["cells"].append(_code("(1 << 62) ** (1 << 30)"))
    return _json(notebook)


MADE: dict[str, Callable[[Notebook], bytes]] = {
    name: made
    for name, made in dict(globals()).items()
    if callable(made) and getattr(made, "__module__", "") == __name__ and not name.startswith("_")
    and name != "cells"
}  # fmt: skip
