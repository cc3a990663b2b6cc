"""The nbgrader plug-in in place of Execute: see `execution`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader import utils
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Float, Integer, Unicode

from autograder.errors import AutograderError
from autograder.grading.cache import FILE, Cache, Entry, write_lines
from autograder.grading.execution import (
    CHECK_SECONDS,
    MOST_RESTARTS,
    NOT_GRADED,
    Settings,
    error_output,
    execute,
)

UNREADABLE = "unreadable"  # key under metadata.autograder: why there is nothing to execute


class Execute(NbgraderExecute):  # type: ignore[misc]
    """nbgrader preprocessor: executes a notebook; every check cell has a result afterwards."""

    max_restarts = Integer(
        MOST_RESTARTS, help="How many interpreters of the student's one notebook may use up."
    ).tag(config=True)
    cache = Unicode(
        str(FILE), help="File for results of checks, in the course; unchanged work is not run again"
    ).tag(config=True)
    fresh = Unicode(
        "", help="File for new results that somebody else enters into the cache; empty: entered"
    ).tag(config=True)
    reuse = Bool(True, help="Whether results in the cache are believed.").tag(config=True)
    check_timeout = Float(
        CHECK_SECONDS, help="Seconds after which a check cell, with all its runs, is given up."
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        fault = nb.metadata.get("autograder", {}).get(UNREADABLE)
        if fault:
            for cell in nb.cells:
                if cell.cell_type == "code" and utils.is_grade(cell):
                    cell.outputs = [error_output(NOT_GRADED, fault)]
            return nb, resources
        about = (resources or {}).get("nbgrader", {})
        path = (resources or {}).get("metadata", {}).get("path") or "."
        cache = Cache(Path(self.cache)) if self.cache else None
        settings = Settings(
            student=str(about.get("student") or ""),
            cell_seconds=float(self.timeout) if self.timeout and self.timeout > 0 else 3600.0,
            check_seconds=self.check_timeout,
            most_restarts=self.max_restarts,
            cache=cache,
            reuse=self.reuse,
        )
        fresh = execute(nb, Path(path), settings)
        if self.fresh:
            write_lines(Path(self.fresh), fresh)
        elif cache:
            self._enter(cache, fresh)
        return nb, resources

    def _enter(self, cache: Cache, fresh: list[Entry]) -> None:
        try:
            cache.enter(fresh)
        except AutograderError as error:
            self.log.warning("%s", error)  # the marks are right all the same
