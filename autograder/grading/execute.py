"""A notebook executed by two interpreters: the student's cells in one, the checks in the other.

A nbgrader plug-in in place of Execute. The student's interpreter lives in a world and sees a
scratch copy of the submission; the judge's executes check cells and never a line of a student's
(see `notebook.judge_interpreter`). A student's cell that ends its interpreter, hangs, or runs out
of time gets an error; a fresh interpreter runs the student's earlier cells again, without those
that ended one, and the next cell goes on from there.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4
from nbgrader import utils
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Integer, Unicode

from autograder.errors import AutograderError
from autograder.grading.cache import FILE, Cache, Entry, Facts, base_of, write_lines
from autograder.grading.cells import findings
from autograder.grading.judge import Judge, JudgeDied, the_judge
from autograder.grading.lint import free_names
from autograder.grading.marks import is_own_failure

UNREADABLE = "unreadable"  # key under metadata.autograder: why there is nothing to execute
# Names of the errors that this module puts into a cell.
NOT_GRADED, KERNEL_DIED, NOT_EXECUTED = "NotGraded", "KernelDied", "NotExecuted"
ENDED_EARLY = frozenset({KERNEL_DIED, NOT_EXECUTED})
TIMED_OUT = "CellTimeoutError"  # nbgrader's own name for it
# Errors of ours: the mark stays open.
JUDGE_FAILED, CHECK_FAULTY = "SandboxError", "UsageError"
_START_SECONDS = 60.0
_GRACE_SECONDS = 30.0
_MOST_SCRATCH = 128 << 20

LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": platform.python_version(),
}


def error_output(name: str, text: str) -> Any:
    """Return an error output that says one sentence and has no traceback."""
    return v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


class Execute(NbgraderExecute):  # type: ignore[misc]
    """nbgrader preprocessor: executes a notebook; every check cell has a result afterwards."""

    max_restarts = Integer(
        5, help="How many interpreters of the student's one notebook may use up."
    ).tag(config=True)
    cache = Unicode(
        str(FILE), help="File for results of checks, in the course; unchanged work is not run again"
    ).tag(config=True)
    fresh = Unicode(
        "", help="File for new results that somebody else enters into the cache; empty: entered"
    ).tag(config=True)
    reuse = Bool(True, help="Whether results in the cache are believed.").tag(config=True)
    check_timeout = Integer(
        300, help="Seconds after which a check cell, with all its runs, is given up."
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
        nb.metadata["language_info"] = nbformat.from_dict(LANGUAGE_INFO)
        with tempfile.TemporaryDirectory(prefix="autograder-scratch-") as folder:
            scratch = Path(folder)
            copy_own_files(Path(path), scratch)
            limit = float(self.timeout) if self.timeout and self.timeout > 0 else 3600.0
            student = str(about.get("student") or "")
            run = _Execution(nb.cells, scratch, student, limit, self.check_timeout)
            run.cache = Cache(Path(self.cache))
            run.reuse = self.reuse
            run.execute(self.max_restarts)
        self._keep(run)
        return nb, resources

    def _keep(self, run: _Execution) -> None:
        if self.fresh:
            write_lines(Path(self.fresh), run.fresh)
            return
        try:
            run.cache.enter(run.fresh)
        except AutograderError as error:
            self.log.warning("%s", error)  # the marks are right all the same


class _Execution:
    """One notebook on its way through both interpreters."""

    def __init__(
        self, cells: list[Any], folder: Path, student: str, limit: float, check_limit: float
    ) -> None:
        self.cells = cells
        self.folder = folder
        self.student = student
        self.limit = limit
        self.check_limit = check_limit
        self.cache = Cache(FILE)
        self.reuse = True
        self.fresh: list[Entry] = []
        self.judge: Judge | None = None
        self.killers: set[int] = set()
        self.restarts = 0
        self.given_up = False

    def execute(self, max_restarts: int) -> None:
        try:
            self._execute(max_restarts)
        finally:
            if self.judge is not None and self.judge.alive:
                self.judge.ask({"op": "end"}, _GRACE_SECONDS)

    def _execute(self, max_restarts: int) -> None:
        count = 0
        for index, cell in enumerate(self.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs = []
            if not cell.source.strip():
                continue
            count += 1
            cell.execution_count = count
            if is_check(cell):
                cell.outputs = self._check(index, cell.source)
                continue
            if self.given_up:
                text = "the cells before this one ended the interpreter too often"
                cell.outputs = [error_output(NOT_EXECUTED, text)]
                continue
            cell.outputs, ended = self._cell(index, cell.source)
            if ended:
                cell.outputs.append(error_output(_name_of(ended), ended))
                self._replace(index, max_restarts)

    def _replace(self, index: int, max_restarts: int) -> None:
        self.killers.add(index)
        self.restarts += 1
        self.given_up = self.restarts > max_restarts
        self._begin(index)

    def _begin(self, until: int) -> None:
        """A fresh student's interpreter, brought to where the old one was before cell `until`."""
        self.judge = the_judge()
        request = {"op": "begin", "folder": str(self.folder), "student": self.student}
        self.judge.ask(request, _START_SECONDS)
        for index, cell in enumerate(self.cells[:until]):
            if cell.cell_type != "code" or is_check(cell) or index in self.killers:
                continue
            if cell.source.strip() and not self.given_up:
                _, ended = self._ask_for_cell(self.judge, cell.source)
                if ended:  # what worked once does not work again: leave it at that
                    self.killers.add(index)
                    self.judge.ask(request, _START_SECONDS)

    def _cell(self, index: int, source: str) -> tuple[list[Any], str]:
        """The outputs of a student's cell, and why its interpreter has ended, if it has."""
        if self.judge is None:
            self._begin(index)
        assert self.judge is not None
        return self._ask_for_cell(self.judge, source)

    def _ask_for_cell(self, judge: Judge, source: str) -> tuple[list[Any], str]:
        request = {"op": "cell", "source": source, "timeout": self.limit}
        answer = judge.ask(request, self.limit + _GRACE_SECONDS)
        return _outputs(answer), str(answer.get("ended", ""))

    def _check(self, index: int, source: str) -> list[Any]:
        """The outputs of a check cell. A judge that fails costs no points: the mark stays open."""
        if free := free_names(source):
            text = f"this check is not self-contained: it does not make {', '.join(free)}"
            return [error_output(CHECK_FAULTY, text)]
        try:
            if self.judge is None or not self.judge.alive:
                self._begin(index)
            assert self.judge is not None
            return [nbformat.from_dict(each) for each in self._result(self.judge, source)]
        except TimeoutError:
            text = f"the check had not ended after {self.check_limit:g} s"
            return [error_output(JUDGE_FAILED, text)]
        except JudgeDied as error:
            return [error_output(JUDGE_FAILED, str(error))]

    def _result(self, judge: Judge, source: str) -> list[dict[str, Any]]:
        """The outputs of a check: those that it had for the same work, if it has run on it."""
        base = base_of(source)
        for facts in self.cache.facts(base) if self.reuse else []:
            request = {"op": "facts", **asdict(facts)}
            digest = judge.ask(request, _GRACE_SECONDS)["digest"]
            if digest and (found := self.cache.outputs(base, digest)) is not None:
                return found
        answer = judge.ask({"op": "check", "source": source}, self.check_limit)
        outputs: list[dict[str, Any]] = answer.get("outputs", [])
        if answer.get("digest") and is_final(outputs):
            names = tuple(tuple(each) for each in answer["names"])
            facts = Facts(names, tuple(answer["seeds"]))
            self.fresh.append(Entry(base, facts, answer["digest"], outputs))
        return outputs


def is_final(outputs: list[dict[str, Any]]) -> bool:
    """Whether the same check on the same work would say the same again.

    A failure of ours would not, and a program that was only too slow, on a busy machine, may not.
    """
    cell = {"outputs": outputs}
    return not is_own_failure(cell) and "no-progress" not in findings(cell)


def is_check(cell: Any) -> bool:
    """A cell that the judge executes: its text is the instructor's."""
    return bool(utils.is_grade(cell) and not utils.is_solution(cell))


def _name_of(ended: str) -> str:
    return TIMED_OUT if ended.startswith("it had not ended") else KERNEL_DIED


def _outputs(answer: dict[str, Any]) -> list[Any]:
    return [nbformat.from_dict(output) for output in answer.get("outputs", [])]


def copy_own_files(source: Path, target: Path) -> None:
    """Copy plain files and folders, up to 128 MiB; links, FIFOs and the like stay behind.

    Notebooks too: the one that is executed has the text of the hidden checks in it.
    """
    room = _MOST_SCRATCH
    for folder, _, files in os.walk(source):
        inside = target / Path(folder).relative_to(source)
        inside.mkdir(exist_ok=True)
        for name in files:
            path = Path(folder) / name
            status = path.lstat()
            room -= status.st_size
            if stat.S_ISREG(status.st_mode) and room >= 0 and path.suffix != ".ipynb":
                shutil.copy2(path, inside / name, follow_symlinks=False)
