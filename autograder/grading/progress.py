"""How a batch is getting on: a live line on a terminal, plain lines elsewhere.

Told of events, so that it does not matter how many submissions are in work at once, nor in which
order they end. May be told from any thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from autograder.grading import report
from autograder.grading.result import Result, Status

NAMES_SHOWN = 4


class Follower:
    """Says one line on each submission that is finished, and how far the batch is.

    Use it as a context manager. `clock` gives seconds, as `time.monotonic` does.
    """

    def __init__(
        self,
        total: int,
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self.done = self.failed = self.unchanged = 0
        self.in_work: dict[tuple[str, str], None] = {}  # in the order in which they were started
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._clock = clock
        self._begin = clock()
        self._bar = Progress(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}", markup=False),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Follower:
        self._begin = self._clock()
        self._task = self._bar.add_task("grading", total=self.total, said="")
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()
        if kind is None and self.done:
            self._console.print(self.summary(), markup=False)

    def started(self, assignment: str, student: str) -> None:
        """A submission is being graded from now on."""
        self.in_work[assignment, student] = None
        self._show()

    def finished(self, result: Result) -> None:
        """A submission has its result."""
        self.in_work.pop((result.assignment, result.student), None)
        self.done += 1
        self.failed += result.status is Status.FAILED
        self.unchanged += result.unchanged
        self._console.print(report.line(result), markup=False)
        self._show()

    @property
    def per_minute(self) -> float:
        """Submissions graded in a minute, without those that had not changed; 0 at first."""
        elapsed = self._clock() - self._begin
        return 60 * (self.done - self.unchanged) / elapsed if elapsed > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; None while nothing is known."""
        if not self.per_minute:
            return None
        return 60 * (self.total - self.done) / self.per_minute

    def status(self) -> str:
        """Return what stands beside the bar."""
        parts = [f"{self.failed} failed"] if self.failed else []
        left = self.seconds_left
        if left is not None:
            parts += [f"{self.per_minute:.0f}/min", f"{duration(left)} left"]
        names = [student for _, student in self.in_work]
        more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
        if names:
            parts.append(", ".join(names[:NAMES_SHOWN]) + more)
        return " · ".join(parts)

    def summary(self) -> str:
        """Return the line at the end."""
        elapsed = self._clock() - self._begin
        parts = [f"{self.done} of {self.total} done in {duration(elapsed)}"]
        if self.done > self.unchanged:
            parts.append(f"{self.per_minute:.0f} graded a minute")
        if self.unchanged:
            parts.append(f"{self.unchanged} unchanged")
        if self.failed:
            parts.append(f"the grader failed on {self.failed}")
        return ", ".join(parts) + "."

    def _show(self) -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=self.done, said=self.status())


def duration(seconds: float) -> str:
    """Write a time as a person would: `4 s`, `2:05 min`, `1:10:00 h`."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{whole} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} h" if hours else f"{minutes}:{rest:02} min"


def followed(results: Iterable[Result], count: int) -> list[Result]:
    """Consume `results`, saying one line on each as it comes; return them all."""
    done: list[Result] = []
    with Follower(count) as follower:
        for result in results:
            follower.finished(result)
            done.append(result)
    return done
