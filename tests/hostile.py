"""The hostile submissions of `tests/submissions/hostile/`, and the classes they are handed in with.

The assignment `t` has one exercise: `seal(text)` is a digest that nobody guesses. Its hidden check
asks for the seal of HIDDEN_INPUT. In the text of a submission `@COURSE@`, `@HOME@`, `@PORT@` and
`@NEXT@` (the student who comes next) are replaced: an attacker is taken to know all of them.
"""

import importlib.util
import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import quarantine

FOLDER = Path(__file__).parent / "submissions" / "hostile"
HIDDEN_INPUT = "hidden-input-5d1f"
SETTINGS = "\nc.Execute.timeout = 3\nc.Execute.grace = 1\nc.Execute.iopub_timeout = 1\n"
_SECTION = re.compile(r"^# %% (after|file) (\S+)\n", flags=re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One line of `table.toml`; `process` says why that level cannot contain it, if so."""

    name: str
    class_name: str
    most: float
    note: str
    process: str

    def may_run(self, level: str) -> bool:
        return level == "namespaces" or not self.process


def _read() -> tuple[Case, ...]:
    table = tomllib.loads((FOLDER / "table.toml").read_text(encoding="utf-8"))
    known = {"class", "most", "note", "process"}
    for name, line in table.items():
        assert line.keys() <= known, f"table.toml: {name} has {line.keys() - known}"
    return tuple(
        Case(
            name,
            line.get("class", name),
            line.get("most", 0),
            line.get("note", ""),
            line.get("process", ""),
        )
        for name, line in table.items()
    )


def _load_makers() -> Any:
    spec = importlib.util.spec_from_file_location("hostile_notebooks", FOLDER / "notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_makers = _load_makers()
MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = _makers.MADE
RIGHT: str = _makers.RIGHT
CASES = _read()
CLASSES = tuple(dict.fromkeys(case.class_name for case in CASES))


def members(class_name: str, level: str) -> tuple[Case, ...]:
    return tuple(case for case in CASES if case.class_name == class_name and case.may_run(level))


def cells_of(case: Case) -> str:
    """The text of a case that is made of cells; raises StopIteration for a whole file."""
    return next((FOLDER / "cells").glob(f"{case.name}.*")).read_text(encoding="utf-8")


def files_of(case: Case, blank: dict[str, Any], following: str) -> dict[str, bytes]:
    """The files that are handed in for `case`; `blank` is a notebook without an answer."""
    if case.name in MAKERS:
        return {"t.ipynb": MAKERS[case.name](blank)}
    words = {"COURSE": quarantine.COURSE, "HOME": quarantine.HOME, "PORT": quarantine.PORT}
    text = cells_of(case)
    for name, value in {**words, "NEXT": following}.items():
        text = text.replace(f"@{name}@", str(value))
    answer, *sections = _SECTION.split(text)
    named = _makers.cells(blank)
    named["seal"]["source"] = answer
    files = {}
    after: dict[str, list[str]] = {}
    for kind, name, body in zip(sections[::3], sections[1::3], sections[2::3], strict=True):
        if kind == "file":
            files[name] = body.encode()
        else:
            after.setdefault(name, []).append(body.rstrip("\n"))
    for name, bodies in after.items():
        place = blank["cells"].index(named[name]) + 1
        blank["cells"][place:place] = [_cell(body) for body in bodies]
    return {**files, "t.ipynb": json.dumps(blank).encode()}


def _cell(source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "source": source, "metadata": {}, "outputs": [],
        "execution_count": None,
    }  # fmt: skip
