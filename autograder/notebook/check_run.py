"""One check cell carried out in the student's own kernel: what it says of the work as it is now.

The cell is executed as when it is graded: from an empty namespace, finding the student's functions
by name. What comes of it is for the student's eyes and decides about nothing.
"""

import ast
import builtins
import contextlib
import enum
import io
import linecache
from dataclasses import dataclass
from typing import Any

from autograder.checks import CheckFailed, words
from autograder.errors import AutograderError
from autograder.notebook.cards import failure_card, notice_card
from autograder.notebook.exercises import CheckCell

_titles: dict[str, str] = {}


class Outcome(enum.StrEnum):
    """How one check ended, if it ended."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "could not run"  # the grader's failure, or an interrupt: nothing is known of the work
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of a check: points, why as plain text, and as a card with its picture."""

    outcome: Outcome
    points: float = 0.0
    why: str = ""
    card: str = ""


def run_check(check: CheckCell) -> CheckResult:
    """Carry out a check. Only KeyboardInterrupt comes out of it."""
    complained = io.StringIO()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(complained):
            value = _execute(check)
    except CheckFailed as failure:
        return CheckResult(Outcome.FAILED, 0.0, str(failure), failure_card(failure))
    except AutograderError as error:
        return _other(Outcome.OPEN, f"{type(error).__name__}: {error}")
    except (Exception, SystemExit) as error:
        return _other(Outcome.FAILED, f"{type(error).__name__}: {error}")
    if complained.getvalue():  # nbgrader gives no points for a check that writes there
        return _other(Outcome.FAILED, complained.getvalue())
    points = _partial(value, check.points)
    return CheckResult(Outcome.PASSED if points == check.points else Outcome.FAILED, points)


def _execute(check: CheckCell) -> Any:
    """The value of the cell's last line, if that is an expression."""
    file = f"<check {check.name}>"
    if not _titles:
        words.label_files(_titles.get)
    _titles[file] = f'the check "{check.title}"'
    lines = check.source.splitlines(keepends=True)
    linecache.cache[file] = (len(check.source), None, lines, file)
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    tree = ast.parse(check.source, file)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, file, "exec"), namespace)  # noqa: S102 - the notebook's own cell
        return None
    tree.body.pop()
    exec(compile(tree, file, "exec"), namespace)  # noqa: S102
    expression = compile(ast.Expression(last.value), file, "eval")
    return eval(expression, namespace)  # noqa: S307


def _partial(value: Any, points: float) -> float:
    """A number at the end is partial credit, for nbgrader; anything else is full marks."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= points else points


def _other(outcome: Outcome, text: str) -> CheckResult:
    heading = "The check itself failed" if outcome is Outcome.OPEN else "✗ The check ended early"
    return CheckResult(outcome, 0.0, text, notice_card(heading, (("What happened", text),)))
