"""A run explained in a terminal."""

from rich.console import Console
from rich.markup import escape

from autograder.checks import CATALOGUE, Run
from autograder.draw.text import describe_picture


def explain(run: Run, console: Console) -> None:
    """Print how a program ended and, for each finding, what happened and what to change."""
    colour = "yellow" if run.findings else "green"
    console.print(f"[bold {colour}]{escape(run.call)}[/]: {escape(run.summary())}")
    for finding in run.findings:
        console.print(f"\n[bold]{escape(finding.title)}[/] [dim]\\[{finding.id}][/]")
        console.print(escape(finding.explanation))
        console.print(f"[bold]Next:[/] {escape(finding.hint)}")
        console.print(f"[dim]{escape(CATALOGUE[finding.id].meaning)}[/]")
    picture = run.evidence.stuck
    if run.findings and picture is not None and picture.snapshot.living():
        console.print("\n[bold]Who waits for whom[/]")
        console.print(escape(describe_picture(picture, run.evidence.analysis)))
