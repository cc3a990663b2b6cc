"""A run explained in a terminal, so that it reads well without colour too."""

from rich.console import Console
from rich.text import Text

from autograder.checks import Finding, Run
from autograder.draw.drawing import Drawing
from autograder.draw.lettering import clean
from autograder.draw.pictures import draw_findings
from autograder.draw.truth import page


def explain(run: Run, console: Console) -> None:
    """Print how a program ended and, for each finding, what happened, what to change, a picture,
    and its page of truth (the last once, however often the finding was made)."""
    colour = "yellow" if run.findings else "green"
    console.print(_text((run.call, f"bold {colour}"), (f": {run.summary()}", "")))
    told: set[str] = set()
    for finding, drawing in draw_findings(run):
        _explain(finding, drawing, console)
        if finding.id not in told:
            told.add(finding.id)
            console.print()
            for heading, text in page(finding.id):
                console.print(_text((f"{heading}: ", "bold dim"), (text, "dim")))


def _explain(finding: Finding, drawing: Drawing | None, console: Console) -> None:
    console.print()
    console.print(_text((finding.title, "bold"), (f" [{finding.id}]", "dim")))
    console.print(_text((finding.explanation, "")))
    console.print(_text(("Next: ", "bold"), (finding.hint, "")))
    if drawing is not None:
        console.print()
        console.print(_text((drawing.title, "bold")))
        # The drawing has line breaks of its own, and a narrower terminal must not add others.
        console.print(Text(drawing.text), no_wrap=True, overflow="ignore", crop=False)


def _text(*parts: tuple[str, str]) -> Text:
    """Text of several styles. What the program under test chose is cleaned of control codes."""
    return Text.assemble(*((clean(words, "\n"), style) for words, style in parts))
