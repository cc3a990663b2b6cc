"""What a panel says, as HTML: progress, the list of checks, explanations, hints, a solution.

Everything that comes from a file, a notebook or a student's program is escaped here.
"""

import datetime
import re
from html import escape

from autograder.labs.panel_results import Progress
from autograder.notebook.cards import prose
from autograder.notebook.check_run import CheckResult, Outcome
from autograder.notebook.exercises import Exercise

RUNNING = "running"
_AGAIN = "<p>Run the checks again for the whole card and its picture.</p>"  # only text is kept
# A mark and a word: colour is never all that tells two outcomes apart.
MARKS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "failed"),
    Outcome.OPEN: ("!", "could not run"),
    Outcome.NOT_RUN: ("○", "not run"),
    RUNNING: ("…", "running"),
}


def number(points: float) -> str:
    """Points without a needless `.0`."""
    return f"{points:g}"


def count(exercise: Exercise, progress: Progress) -> tuple[int, float]:
    """How many visible checks passed last time, and the points that they gave."""
    found = [
        progress.results[each.name] for each in exercise.checks if each.name in progress.results
    ]
    return sum(each.outcome is Outcome.PASSED for each in found), sum(each.points for each in found)


def summary(exercise: Exercise, progress: Progress) -> str:
    """One line on the last result, in plain text."""
    if not progress.results:
        return f"{exercise.name}: the checks have not run yet."
    passed, points = count(exercise, progress)
    return (
        f"{exercise.name}: {passed} of {len(exercise.checks)} visible checks passed, "
        f"{number(points)} of {number(exercise.points)} points ({when(progress)})."
    )


def when(progress: Progress) -> str:
    """The time of the last result, as people write it."""
    return f"{datetime.datetime.fromisoformat(progress.when):%d %b %Y, %H:%M}"


def progress_bar(exercise: Exercise, progress: Progress, running: str = "") -> str:
    """The line above the checks, with a bar of one piece for each check."""
    pieces = "".join(
        f'<i class="ag-{_kind(progress.results.get(each.name))}" aria-hidden="true"></i>'
        for each in exercise.checks
    )
    now = next((each.title for each in exercise.checks if each.name == running), "")
    line = escape(f"{exercise.name}: running “{now}” …" if now else summary(exercise, progress))
    return f'<div class="ag-progress" role="status">{line}</div><div class="ag-bar">{pieces}</div>'


def check_list(exercise: Exercise, progress: Progress, running: str = "") -> str:
    """All visible checks with their outcomes, and how many hidden ones there are."""
    rows = "".join(
        _row(
            each.title,
            RUNNING if each.name == running else _outcome(progress.results.get(each.name)),
            progress.results.get(each.name),
            each.points,
        )
        for each in exercise.checks
    )
    hidden = ""
    if exercise.hidden:
        titles = "; ".join(exercise.hidden)
        hidden = (
            f'<p class="ag-hidden">{len(exercise.hidden)} more when your work is graded: '
            f"{escape(titles)}.</p>"
        )
    return f'<ul class="ag-checks">{rows}</ul>{hidden}'


def explanations(exercise: Exercise, progress: Progress) -> str:
    """Why checks failed: the first one's card is open, the others can be opened."""
    parts: list[str] = []
    for check in exercise.checks:
        result = progress.results.get(check.name)
        if result is None or not (result.card or result.why):
            continue
        body = result.card or f"<pre>{escape(result.why)}</pre>{_AGAIN}"
        opened = "" if parts else " open"
        parts.append(
            f'<details class="ag-why"{opened}><summary>Why: {escape(check.title)}</summary>'
            f"{body}</details>"
        )
    return "".join(parts)


def hint_list(steps: list[str], given: int) -> str:
    """The hints given so far."""
    items = "".join(f"<li>{inline(text)}</li>" for text in steps[:given])
    return f'<div class="ag-hints"><b>Hints</b><ol>{items}</ol></div>' if given else ""


def solution(text: str) -> str:
    """A solution to read and to compare with."""
    note = "One way to do it. Others are as good if they pass the checks."
    return f'<div class="ag-solution"><b>A solution</b><p>{note}</p><pre>{escape(text)}</pre></div>'


def note(text: str) -> str:
    """One line that a student should know; nothing when there is none."""
    return f'<p class="ag-note" role="status">{inline(text)}</p>' if text else ""


def inline(text: str) -> str:
    """Text with `code` and *emphasis*."""
    return re.sub(r"\*([^*<>`]+)\*", r"<em>\1</em>", prose(text))


def _row(title: str, outcome: str, result: CheckResult | None, points: float) -> str:
    mark, word = MARKS[Outcome(outcome) if outcome != RUNNING else RUNNING]
    earned = f"{number(result.points)} of " if result is not None and outcome != RUNNING else ""
    return (
        f'<li class="ag-{_class(outcome)}"><span class="ag-mark" aria-hidden="true">{mark}</span>'
        f'<span class="ag-title">{escape(title)}</span>'
        f'<span class="ag-word">{word}, {earned}{number(points)} points</span></li>'
    )


def _outcome(result: CheckResult | None) -> str:
    return str(result.outcome if result is not None else Outcome.NOT_RUN)


def _kind(result: CheckResult | None) -> str:
    return _class(_outcome(result))


def _class(outcome: str) -> str:
    return outcome.replace(" ", "-")
