"""HTML cards: a failed check, a run, a `%%sandbox` cell. Text takes the theme's own colours."""

from html import escape

from autograder.checks import CheckFailed, Finding, Run
from autograder.draw import Drawing, draw_findings, draw_picture
from autograder.draw.truth import page
from autograder.sandbox import Outcome

_STYLE = (
    "border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;max-width:60em;line-height:1.45"
)
# Where a page's own style takes it away (as formgrader's does), the mark that it can be opened.
_SUMMARY = '<summary style="display:list-item;cursor:pointer">'
_RED, _GREEN, _AMBER = "#d1495b", "#2a9d5c", "#c98a12"


def failure_card(failure: CheckFailed) -> str:
    """Expected, actual, and for each finding why, what to do next, and its picture."""
    rows = [
        _row("Expected", prose(failure.expected)),
        _row("Actual", prose(failure.actual)),
    ]
    run = failure.run
    body = "".join(rows)
    if run is not None:
        body += _findings(run) + _output(run)
    if failure.seeds:
        shown = ", ".join(f"{name}: {seed}" for name, seed in failure.seeds.items())
        body += _row("Seed", escape(shown))
    heading = f"✗ {_code(failure.call)}"
    return _card(_RED, heading, body)


def run_card(run: Run) -> str:
    """How a run went; findings, each with its picture, where there are any."""
    fine = run.outcome in (Outcome.RETURNED, Outcome.EXITED) and not run.findings
    colour, mark = (_GREEN, "✓") if fine else (_AMBER, "!")
    body = _findings(run) + _output(run) + snapshots(run)
    return _card(colour, f"{mark} {_code(run.call)}: {prose(run.summary())}", body)


def findings_card(run: Run) -> str:
    """The findings of a `%%sandbox` cell, each with its picture; empty when there are none."""
    if not run.findings and run.outcome is Outcome.RETURNED:
        return ""
    return _card(_AMBER, f"! This cell {prose(run.summary())}", _findings(run))


def notice_card(heading: str, rows: tuple[tuple[str, str], ...]) -> str:
    """Something that a student should know: a heading and named texts."""
    body = "".join(_row(name, prose(text)) for name, text in rows)
    return _card(_AMBER, escape(heading), body)


def snapshots(run: Run) -> str:
    """The pictures that the program itself asked for with `snapshot`."""
    parts = []
    for picture in run.snapshots:
        title = picture.label or "snapshot"
        parts.append(_figure(title, draw_picture(picture, title=title)))
    return "".join(parts)


def _findings(run: Run) -> str:
    return "".join(_finding(finding, drawing) for finding, drawing in draw_findings(run))


def _finding(finding: Finding, drawing: Drawing | None) -> str:
    """Why, what to do next, the picture, and the page of truth for those who open it."""
    why = (
        f"<b>{escape(finding.title)}</b> <small>[{escape(finding.id)}]</small><br>"
        f"{prose(finding.explanation)}"
    )
    figure = _figure(drawing.title, drawing.svg) if drawing is not None else ""
    truth = "".join(_row(heading, prose(text)) for heading, text in page(finding.id))
    return (
        _row("Why", why)
        + _row("Next", prose(finding.hint))
        + figure
        + f"<details>{_SUMMARY}Why the kernel behaves so</summary>{truth}</details>"
    )


def _figure(title: str, svg: str) -> str:
    return (
        f'<figure style="margin:.6em 0"><figcaption><b>{escape(title)}</b></figcaption>'
        f"{svg}</figure>"
    )


def _output(run: Run) -> str:
    parts = []
    for name, data in (("Standard output", run.stdout), ("Standard error", run.stderr)):
        if data:
            text = data[-2000:].decode(errors="replace")
            parts.append(
                f"<details>{_SUMMARY}{name} ({len(data):,} bytes)</summary>"
                f"<pre>{escape(text)}</pre></details>"
            )
    return "".join(parts)


def _card(colour: str, heading: str, body: str) -> str:
    style = _STYLE.format(colour=colour)
    return f'<div style="{style}"><div style="font-weight:bold">{heading}</div>{body}</div>'


def _row(name: str, html: str) -> str:
    return f'<div style="margin:.25em 0"><b>{name}:</b> {html}</div>'


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def prose(text: str) -> str:
    """Text with `code` marked by backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(_code(part) if index % 2 else escape(part) for index, part in enumerate(parts))
