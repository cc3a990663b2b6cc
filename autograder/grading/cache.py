"""Results of checks, kept by what they depend on, so that unchanged work is not run again.

A check is a text that asks for some of the student's objects, and perhaps for seeds. Its `base`
is a digest of what all students have in common: the check's text, this package, Python, the
isolation level. Which objects and seeds it asks for is learnt when it runs (`Facts`); `digest` is
one of what the student's interpreter then gave for them. The same base and the same digest: the
same program would run on the same inputs, whoever handed it in.

SQLite, with plain JSON in it; one process writes (see `batch`), any number read.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache as remembered
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.sandbox import isolation

FILE = Path(".autograder") / "checks.db"  # in the course's folder
_LAYOUT = 1
_MOST_ROWS = 1_000_000  # the oldest go first
_BUSY_SECONDS = 30.0
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (base BLOB, facts TEXT, PRIMARY KEY (base, facts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results
    (number INTEGER PRIMARY KEY, base BLOB, digest BLOB, outputs BLOB, UNIQUE (base, digest));
"""


@dataclass(frozen=True)
class Facts:
    """What a check asked for: lists of names, in their order, and exercises to seed."""

    names: tuple[tuple[str, ...], ...]
    seeds: tuple[str, ...]

    def as_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)


@dataclass(frozen=True)
class Entry:
    """One result. `base` and `digest` in hexadecimal; `outputs` in nbformat's form."""

    base: str
    facts: Facts
    digest: str
    outputs: list[dict[str, Any]]


def base_of(source: str) -> str:
    """The digest of what a check with this text depends on, the student's work apart."""
    parts = (
        source,
        package_digest(),
        platform.python_version(),
        isolation.current().level,
        _LAYOUT,
    )
    return hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()


@remembered
def package_digest() -> str:
    """A digest of this package's own text: results of another version are not believed."""
    digest = hashlib.sha256()
    root = Path(isolation.package_root()) / "autograder"
    for path in sorted(root.rglob("*.py")):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


class Cache:
    """The file at `path`; read only, and empty, while there is none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def facts(self, base: str) -> list[Facts]:
        """What the check is known to ask for; more than one where that depends on the student."""
        rows = self._ask("SELECT facts FROM facts WHERE base = ?", bytes.fromhex(base))
        return [_facts(json.loads(row[0])) for row in rows]

    def outputs(self, base: str, digest: str) -> list[dict[str, Any]] | None:
        """The outputs of the check for just that work; None: it has not been run yet."""
        query = "SELECT outputs FROM results WHERE base = ? AND digest = ?"
        for (data,) in self._ask(query, bytes.fromhex(base), bytes.fromhex(digest)):
            found: list[dict[str, Any]] = json.loads(zlib.decompress(data))
            return found
        return None

    def enter(self, entries: Iterable[Entry]) -> None:
        """Keep new results; one that is there is replaced. Raises AutograderError.

        A file that is no database any more holds nothing of value: it is made anew.
        """
        rows = list(entries)
        if not rows:
            return
        try:
            self._write(rows)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise AutograderError(f"{self.path} cannot be written: {error}") from error
            self.path.unlink(missing_ok=True)
            self._write(rows)

    def _write(self, rows: list[Entry]) -> None:
        self.path.parent.mkdir(exist_ok=True)
        with contextlib.closing(sqlite3.connect(self.path, _BUSY_SECONDS)) as database, database:
            database.executescript(_TABLES)
            for row in rows:
                base, digest = bytes.fromhex(row.base), bytes.fromhex(row.digest)
                data = zlib.compress(json.dumps(row.outputs).encode())
                database.execute(
                    "INSERT OR IGNORE INTO facts VALUES (?, ?)", (base, row.facts.as_json())
                )
                database.execute(
                    "INSERT OR REPLACE INTO results (base, digest, outputs) VALUES (?, ?, ?)",
                    (base, digest, data),
                )
            database.execute(
                "DELETE FROM results WHERE number <= (SELECT MAX(number) FROM results) - ?",
                (_MOST_ROWS,),
            )

    def _ask(self, query: str, *values: bytes) -> list[tuple[Any, ...]]:
        """Rows; none from a file that is missing, being made, or broken: the check then runs."""
        if not self.path.exists():
            return []
        try:
            with contextlib.closing(
                sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", _BUSY_SECONDS, uri=True)
            ) as database:
                return list(database.execute(query, values))
        except sqlite3.Error:
            return []


def write_lines(path: Path, entries: Iterable[Entry]) -> None:
    """Leave new results in a file of their own, for the one process that enters them."""
    with path.open("a", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(asdict(entry)) + "\n")


def read_lines(path: Path) -> Iterator[Entry]:
    """What `write_lines` left; nothing where there is no such file."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Entry(row["base"], _facts(row["facts"]), row["digest"], row["outputs"])


def _facts(given: dict[str, Any]) -> Facts:
    return Facts(tuple(tuple(each) for each in given["names"]), tuple(given["seeds"]))
