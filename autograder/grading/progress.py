"""The progress bar of a batch; plain lines where there is no terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.grading import report
from autograder.grading.result import Result


def followed(results: Iterable[Result], count: int) -> list[Result]:
    """Consume `results`, saying one line on each as it comes; return them all."""
    console = Console(highlight=False, soft_wrap=True)
    done: list[Result] = []
    bar = Progress(
        TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("grading", total=count)
        for result in results:
            console.print(report.line(result), markup=False)
            done.append(result)
            bar.advance(task)
    return done
