"""What the tests of the course share: notebooks read once, and exercises tried on an answer."""

import builtins
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat
import pytest

from autograder import AutograderError, CheckFailed, Run
from autograder.checks import running

ROOT = Path(__file__).parents[2]
ANSWER = "answer.py"


@dataclass
class Trial:
    """What the check cells of one exercise said about one answer."""

    failures: dict[str, CheckFailed] = field(default_factory=dict)  # by the title of the check
    runs: list[Run] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    @property
    def findings(self) -> set[str]:
        """The ids found in any run, passed or failed."""
        return {finding.id for run in self.runs for finding in run.findings}

    @property
    def failing_findings(self) -> set[str]:
        """The ids that come with the failed checks."""
        runs = (failure.run for failure in self.failures.values() if failure.run)
        return {finding.id for run in runs for finding in run.findings}

    @property
    def text(self) -> str:
        """All that the student is told."""
        return "\n".join(f"{title}\n{failure}" for title, failure in self.failures.items())


@dataclass(frozen=True)
class Exercise:
    """One exercise of an assignment: its solution cell and its check cells, by cell id."""

    name: str
    solution: str
    checks: dict[str, str]


def exercises_of(notebook: Path) -> dict[str, Exercise]:
    """The exercises of an instructor notebook, by name (`ping_pong`), in their order."""
    cells = [cell for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]
    found = {}
    for cell in cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            prefix = cell.id.removesuffix("solution")
            checks = {
                other.id: other.source
                for other in cells
                if other.id.startswith(prefix) and other.metadata.get("nbgrader", {}).get("grade")
            }
            name = prefix.rstrip("-").replace("-", "_")
            found[name] = Exercise(name, cell.source, checks)
    return found


def stub_of(solution: str) -> str:
    """The solution cell as a student gets it."""
    lines, keep = [], True
    for line in solution.splitlines():
        if line.strip() == "### BEGIN SOLUTION":
            keep = False
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f'{indent}raise NotImplementedError("write your code here")')
        elif line.strip() == "### END SOLUTION":
            keep = True
        elif keep:
            lines.append(line)
    return "\n".join(lines)


def compiled(source: str, name: str) -> CodeType:
    """Code of a cell, under a name that is shown as its file."""
    return compile(source, name, "exec")


@pytest.fixture
def try_answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exercise, str], Trial]:
    """Execute the check cells of an exercise against the text of an answer."""
    runs: list[Run] = []
    original = running.record_of

    def recording(*args: Any) -> Run:
        runs.append(original(*args))
        return runs[-1]

    monkeypatch.setattr(running, "record_of", recording)

    def attempt(exercise: Exercise, answer: str) -> Trial:
        runs.clear()
        namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        exec(compiled(answer, ANSWER), namespace)
        trial = Trial()
        for source in exercise.checks.values():
            title = source.splitlines()[0].lstrip("# ")
            try:
                exec(compiled(source, title), namespace)
            except CheckFailed as failure:
                trial.failures[title] = failure
            except AutograderError as error:
                raise AssertionError(f"the grader failed in {title!r}: {error}") from error
            else:
                trial.passed.append(title)
        trial.runs = list(runs)
        return trial

    return attempt
