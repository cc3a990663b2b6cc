"""The table of expectations, expectations.toml, as rows; and the programs ready to run.

A section of the table is the id of a finding: `faulty` programs have it, `lookalikes` are correct
and easily taken for it. The section `correct` holds programs that resemble no fault in particular.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TABLE = FOLDER / "expectations.toml"
CORRECT = "correct"
COMPILER = ("gcc", "-g", "-Wall", "-Wextra", "-Werror")
LIBRARIES = ("-pthread", "-lrt", "-lm")


@dataclass(frozen=True, slots=True)
class Row:
    """One program, how it is run and what is expected of it.

    `run` is its path below this folder, or 'functions/NAME'. `code` and `signal` of its end, and
    `stdout`, are compared where they are given; `stderr` is a part of what it writes there. Times
    are in seconds. With `limits` it is run by `autograder.run`, else by `autograder why`.
    """

    run: str
    outcome: str
    findings: frozenset[str] = frozenset()
    resembles: frozenset[str] = frozenset()
    label: str = ""
    args: tuple[str, ...] = ()
    code: int | None = None
    signal: int | None = None
    stdout: str | None = None
    stderr: str = ""
    timeout: float | None = None
    stdin: str = ""
    stdin_after: float | None = None  # it comes so much later
    stdin_stays_open: bool = False  # it never ends
    fifo: str = ""  # made before the program starts
    limits: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.run} {self.label}".strip()

    @property
    def language(self) -> str:
        """The folder of the program: c, python, shell or functions."""
        return self.run.partition("/")[0]

    def command(self, compiled: Path) -> list[str]:
        """What to execute; `compiled` is the folder of the C programs.

        In `args`, '{c}' stands for it, '{here}' for this folder, '{python}' for the interpreter.
        """
        path = FOLDER / self.run
        start = {
            "c": [str(compiled / path.stem)],
            "python": [sys.executable, str(path)],
            "shell": [str(path)],
        }[self.language]
        places = {"c": str(compiled), "python": sys.executable, "here": str(FOLDER)}
        return start + [argument.format_map(places) for argument in self.args]


def rows() -> list[Row]:
    """The whole table, in its order."""
    sections = tomllib.loads(TABLE.read_text())
    return [row for name, section in sections.items() for row in _section(name, section)]


def lookalikes(table: list[Row], finding: str) -> list[Row]:
    """The correct programs that are easily taken for `finding`."""
    return [row for row in table if finding in row.resembles]


def compile_c(folder: Path) -> Path:
    """Compile all C programs into `folder`, a file each, and return it."""
    for source in sorted((FOLDER / "c").glob("*.c")):
        target = str(folder / source.stem)
        subprocess.run([*COMPILER, str(source), "-o", target, *LIBRARIES], check=True)
    return folder


def _section(name: str, section: dict[str, Any]) -> Iterator[Row]:
    for entry in section.get("faulty", []):
        yield _row({"outcome": section.get("outcome", "exited"), "findings": [name], **entry})
    for entry in section.get("lookalikes", []):
        resembles = {name, *entry.get("resembles", [])}
        yield _row({"outcome": "exited", **_ends_well(entry), "resembles": resembles})
    for entry in section.get("programs", []):
        yield _row({"outcome": "exited", **_ends_well(entry)})


def _ends_well(entry: dict[str, Any]) -> dict[str, Any]:
    """A correct program ends with exit code 0 unless its row says otherwise."""
    return entry if {"code", "signal"} & set(entry) else {"code": 0, **entry}


def _row(entry: dict[str, Any]) -> Row:
    sets = {name: frozenset(entry.get(name, ())) for name in ("findings", "resembles")}
    return Row(**{**entry, **sets, "args": tuple(entry.get("args", ()))})
