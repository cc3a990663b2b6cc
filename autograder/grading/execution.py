"""A notebook executed by two interpreters: the student's cells in one, the checks in the other.

The student's interpreter lives in a world and sees a scratch copy of what is beside the notebook;
the judge's executes check cells and never a line of a student's (see
`notebook.judging`). A student's cell that ends its interpreter, hangs, or runs out
of time gets an error; a fresh interpreter runs the student's earlier cells again, without those
that ended one, and the next cell goes on from there.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4

from autograder.grading.cache import Cache, Entry, Facts, base_of
from autograder.grading.judge import Judge, JudgeDied, the_judge
from autograder.grading.lint import free_names
from autograder.grading.outcomes import is_own_failure
from autograder.notebook.cells import findings, is_check

# Names of the errors that this module puts into a cell.
NOT_GRADED, KERNEL_DIED, NOT_EXECUTED = "NotGraded", "KernelDied", "NotExecuted"
ENDED_EARLY = frozenset({KERNEL_DIED, NOT_EXECUTED})
TIMED_OUT = "CellTimeoutError"  # nbgrader's own name for it
# Errors of ours: the mark stays open.
JUDGE_FAILED, CHECK_FAULTY = "SandboxError", "UsageError"
MOST_RESTARTS = 5
CELL_SECONDS = 30.0  # nbgrader's own default
CHECK_SECONDS = 300.0
_START_SECONDS = 60.0
_GRACE_SECONDS = 30.0
_SANDBOX = r"%%sandbox\b"
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


@dataclass(frozen=True)
class Settings:
    """How a notebook is executed. `cell_seconds` and `check_seconds` bound one cell each.

    With `reuse`, results of checks that `cache` knows are believed; None: every check is run.
    """

    student: str = ""
    cell_seconds: float = CELL_SECONDS
    check_seconds: float = CHECK_SECONDS
    most_restarts: int = MOST_RESTARTS
    cache: Cache | None = None
    reuse: bool = True


def execute(notebook: Any, folder: Path, settings: Settings = Settings()) -> list[Entry]:
    """Execute a notebook that lies in `folder`, in place; return results that the cache lacks."""
    notebook.metadata["language_info"] = nbformat.from_dict(LANGUAGE_INFO)
    with tempfile.TemporaryDirectory(prefix="autograder-scratch-") as scratch:
        copy_own_files(folder, Path(scratch))
        run = _Execution(notebook.cells, Path(scratch), settings)
        run.execute()
    return run.fresh


class _Execution:
    """One notebook on its way through both interpreters."""

    def __init__(self, cells: list[Any], folder: Path, settings: Settings) -> None:
        self.cells = cells
        self.folder = folder
        self.settings = settings
        self.fresh: list[Entry] = []
        self.judge: Judge | None = None
        self.killers: set[int] = set()
        self.restarts = 0
        self.given_up = False

    def execute(self) -> None:
        try:
            self._execute()
        finally:
            if self.judge is not None and self.judge.alive:
                self.judge.ask({"op": "end"}, _GRACE_SECONDS)

    def _execute(self) -> None:
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
                self._replace(index)

    def _replace(self, index: int) -> None:
        self.killers.add(index)
        self.restarts += 1
        self.given_up = self.restarts > self.settings.most_restarts
        self._begin(index)

    def _begin(self, until: int) -> None:
        """A fresh student's interpreter, brought to where the old one was before cell `until`."""
        self.judge = the_judge()
        request = {"op": "begin", "folder": str(self.folder), "student": self.settings.student}
        self.judge.ask(request, _START_SECONDS)
        for index, cell in enumerate(self.cells[:until]):
            if cell.cell_type != "code" or is_check(cell) or index in self.killers:
                continue
            if cell.source.strip() and not self.given_up:
                ended = self._repeat(self.judge, cell.source)
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
        if re.match(_SANDBOX, source):
            return self._ask_for_sandbox(judge, source)
        limit = self.settings.cell_seconds
        request = {"op": "cell", "source": source, "timeout": limit}
        answer = judge.ask(request, limit + _GRACE_SECONDS)
        return _outputs(answer), str(answer.get("ended", ""))

    def _repeat(self, judge: Judge, source: str) -> str:
        """Execute a cell again for what it leaves; why its interpreter has ended, if it has."""
        if re.match(_SANDBOX, source):  # it leaves nothing, but counts
            answer = judge.ask({"op": "prepare", "source": source}, _GRACE_SECONDS)
            return str(answer.get("ended", ""))
        return self._ask_for_cell(judge, source)[1]

    def _ask_for_sandbox(self, judge: Judge, source: str) -> tuple[list[Any], str]:
        """A `%%sandbox` cell: it leaves nothing behind, so what is known of it need not be run."""
        answer = judge.ask({"op": "prepare", "source": source}, _GRACE_SECONDS)
        if "ended" in answer:
            return [], str(answer["ended"])
        cache = self.settings.cache
        base, digest = base_of(source) if cache else "", answer["digest"]
        if cache and self.settings.reuse and (found := cache.outputs(base, digest)) is not None:
            return _outputs({"outputs": found}), ""
        limit = self.settings.cell_seconds
        answer = judge.ask({"op": "sandbox", "timeout": limit}, limit + _GRACE_SECONDS)
        if cache and digest and "no-progress" not in str(answer):
            self.fresh.append(Entry(base, Facts((), ()), digest, answer["outputs"]))
        return _outputs(answer), ""

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
            text = f"the check had not ended after {self.settings.check_seconds:g} s"
            return [error_output(JUDGE_FAILED, text)]
        except JudgeDied as error:
            return [error_output(JUDGE_FAILED, str(error))]

    def _result(self, judge: Judge, source: str) -> list[dict[str, Any]]:
        """The outputs of a check: those that it had for the same work, if it has run on it."""
        cache = self.settings.cache
        base = base_of(source) if cache else ""
        for facts in cache.facts(base) if cache and self.settings.reuse else []:
            request = {"op": "facts", **asdict(facts)}
            digest = judge.ask(request, _GRACE_SECONDS)["digest"]
            if cache and digest and (found := cache.outputs(base, digest)) is not None:
                return found
        answer = judge.ask({"op": "check", "source": source}, self.settings.check_seconds)
        outputs: list[dict[str, Any]] = answer.get("outputs", [])
        if cache and answer.get("digest") and is_final(outputs):
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
