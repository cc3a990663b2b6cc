"""HTML cards: a failed check, a run, a `%%sandbox` cell. Text takes the theme's own colours."""

from html import escape

from autograder.checks import CATALOGUE, CheckFailed, Finding, Run
from autograder.draw import draw_picture
from autograder.sandbox import Outcome

_STYLE = (
    "border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;max-width:60em;line-height:1.45"
)
_RED, _GREEN, _AMBER = "#d1495b", "#2a9d5c", "#c98a12"


def failure_card(failure: CheckFailed) -> str:
    """Expected, actual, why, what to do next, and a picture."""
    rows = [
        _row("Expected", _prose(failure.expected)),
        _row("Actual", _prose(failure.actual)),
    ]
    run = failure.run
    body = "".join(rows)
    if run is not None:
        body += "".join(map(_finding, run.findings)) + _picture(run) + _output(run)
    if failure.seeds:
        shown = ", ".join(f"{name}: {seed}" for name, seed in failure.seeds.items())
        body += _row("Seed", escape(shown))
    heading = f"✗ {_code(failure.call)}"
    return _card(_RED, heading, body)


def run_card(run: Run) -> str:
    """How a run went; findings with their picture where there are any."""
    fine = run.outcome in (Outcome.RETURNED, Outcome.EXITED) and not run.findings
    colour, mark = (_GREEN, "✓") if fine else (_AMBER, "!")
    body = "".join(map(_finding, run.findings))
    body += (_picture(run) if run.findings else "") + _output(run) + snapshots(run)
    return _card(colour, f"{mark} {_code(run.call)}: {_prose(run.summary())}", body)


def findings_card(run: Run) -> str:
    """The findings of a `%%sandbox` cell with their picture; empty when there are none."""
    if not run.findings and run.outcome is Outcome.RETURNED:
        return ""
    body = "".join(map(_finding, run.findings)) + _picture(run)
    return _card(_AMBER, f"! This cell {_prose(run.summary())}", body)


def snapshots(run: Run) -> str:
    """The pictures that the program itself asked for with `snapshot`."""
    parts = []
    for picture in run.snapshots:
        title = picture.label or "snapshot"
        parts.append(
            f'<figure style="margin:.6em 0"><figcaption><b>{escape(title)}</b></figcaption>'
            f"{draw_picture(picture, title=title)}</figure>"
        )
    return "".join(parts)


def _finding(finding: Finding) -> str:
    entry = CATALOGUE[finding.id]
    lesson, _, section = finding.lesson.partition("#")
    where = f"lesson {lesson}" + (f", section “{section.replace('-', ' ')}”" if section else "")
    return (
        _row(
            "Why",
            f"<b>{escape(finding.title)}</b> <small>[{finding.id}]</small><br>"
            f"{_prose(finding.explanation)}",
        )
        + _row("Next", _prose(finding.hint))
        + f"<details><summary>Why the kernel behaves so</summary><p>{_prose(entry.meaning)} "
        f"See {escape(where)}.</p></details>"
    )


def _picture(run: Run) -> str:
    evidence = run.evidence
    if evidence.stuck is None or not evidence.stuck.snapshot.living():
        return ""
    title = "Who waits for whom when the run was ended"
    return draw_picture(evidence.stuck, evidence.analysis, title)


def _output(run: Run) -> str:
    parts = []
    for name, data in (("Standard output", run.stdout), ("Standard error", run.stderr)):
        if data:
            text = data[-2000:].decode(errors="replace")
            parts.append(
                f"<details><summary>{name} ({len(data):,} bytes)</summary>"
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


def _prose(text: str) -> str:
    """Text with `code` marked by backticks."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(_code(part) if index % 2 else escape(part) for index, part in enumerate(parts))
