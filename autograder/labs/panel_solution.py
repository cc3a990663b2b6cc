"""A solution to look at, after an honest attempt.

An attempt is a run of the checks in which one failed, on an answer that is more than the released
stub and differs from all answers tried before (comments and layout aside). The solution can be
seen after three attempts, or when all visible checks pass. It comes from the course's `source/`:
where only `release/` is installed there is none.
"""

import ast
import hashlib
import linecache
import re
from types import FunctionType
from typing import Any

from autograder.labs.panel_results import Progress
from autograder.notebook.check_run import Outcome
from autograder.notebook.exercises import Exercise, read_exercises

ATTEMPTS = 3
_MARKS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*(\n|\Z)", flags=re.MULTILINE)


def solution_of(exercise: Exercise) -> str:
    """The text of the course's own answer; empty where it is not installed."""
    notebook = exercise.notebook.resolve()
    for folder in notebook.parents[1:]:
        source = folder / "source" / notebook.parent.name / notebook.name
        if source.is_file():
            try:
                found = read_exercises(source)
            except (OSError, ValueError):
                return ""
            text = next((each.answer for each in found if each.name == exercise.name), "")
            return _MARKS.sub("", text)
    return ""


def attempt_of(exercise: Exercise, namespace: dict[str, Any]) -> str:
    """A name for the answer as it is in the kernel now; empty when it is none, or the stub."""
    files = sorted({each.__code__.co_filename for each in _functions(exercise, namespace)})
    trees = [_tree("".join(linecache.getlines(file))) for file in files]
    if not any(isinstance(each, ast.FunctionDef) and _is_written(each) for each in _nodes(trees)):
        return ""
    text = "\n".join(ast.dump(tree) for tree in trees)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_open(exercise: Exercise, progress: Progress) -> bool:
    """Whether the solution may be seen."""
    results = [progress.results.get(check.name) for check in exercise.checks]
    all_pass = all(each is not None and each.outcome is Outcome.PASSED for each in results)
    return all_pass or len(progress.attempts) >= ATTEMPTS


def rule(progress: Progress) -> str:
    """The rule, and how far this student is: the tooltip of the button."""
    made = len(progress.attempts)
    return (
        f"Opens when all visible checks pass, or after {ATTEMPTS} different attempts that failed "
        f"(so far {min(made, ATTEMPTS)}). Comments and an unchanged answer do not count."
    )


def _functions(exercise: Exercise, namespace: dict[str, Any]) -> list[FunctionType]:
    """The notebook's own functions that the checks name."""
    named = {
        node.value
        for check in exercise.checks
        for node in ast.walk(_tree(check.source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    found = [namespace[name] for name in named if name in namespace]
    return [each for each in found if isinstance(each, FunctionType) and _is_own(each)]


def _is_own(function: FunctionType) -> bool:
    return function.__module__ == "__main__"


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


def _nodes(trees: list[ast.Module]) -> list[ast.AST]:
    return [node for tree in trees for node in ast.walk(tree)]


def _is_written(function: ast.FunctionDef) -> bool:
    """Whether there is more in it than a docstring and what `release` leaves."""
    body = [each for each in function.body if not _is_constant(each)]
    return not all(isinstance(each, ast.Raise | ast.Pass) for each in body)


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
