"""How much was used: a processor, calls that brought nothing, whatever a limit is set for."""

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.bars import WIDTH, Bar, draw_bars, sketch_bars
from autograder.draw.canvas import MARGIN, Canvas
from autograder.draw.drawing import Drawing, finish

_TOP = float(MARGIN) + 8
_USED = {
    "memory-limit": "memory",
    "output-flood": "output",
    "file-size-limit": "size of the file",
    "cpu-limit": "processor time",
}


def draw_effort(run: Run, finding: Finding) -> Drawing | None:
    """The share of a processor; for `busy-wait` the reads against the bytes that they brought.

    Reads `cpu_percent`, `read_calls` and `read_bytes`.
    """
    share = facts.number(finding, "cpu_percent")
    calls, size = facts.number(finding, "read_calls"), facts.number(finding, "read_bytes")
    canvas, words, art, top = Canvas(WIDTH), [], [], _TOP
    if share is not None:
        bars = [Bar("processor", share, f"{share} % busy", marked=True)]
        top = draw_bars(canvas, top, bars, 100) + 8
        art += sketch_bars(bars, 100)
        who = facts.process(finding)
        words.append(f"{who[:1].upper()}{who[1:]} kept a processor {share} % busy.")
    if finding.id == "busy-wait" and calls and size is not None:
        bars = [
            Bar("calls of read", calls, f"{calls:,}", marked=True),
            Bar("bytes they brought", size, f"{size:,}"),
        ]
        draw_bars(canvas, top, bars, max(calls, size))
        art += sketch_bars(bars, max(calls, size))
        words.append(f"{calls:,} calls of read brought {size:,} bytes.")
    return finish("What the time went into", canvas, words, art) if words else None


def draw_limit(run: Run, finding: Finding) -> Drawing | None:
    """What was used beside what is allowed; None when neither is known.

    Reads `allowed`, `reached` and `unit`.
    """
    allowed, reached = facts.number(finding, "allowed"), facts.number(finding, "reached")
    if not allowed and not reached:
        return None
    unit = facts.string(finding, "unit")
    amount = (allowed or 0) * 1.1 if reached is None else float(reached)
    text = f"more than {allowed:,} {unit}" if reached is None else f"{reached:,} {unit}"
    full = max(amount, allowed or 0) * 1.05
    what = _USED[finding.id]
    canvas = Canvas(WIDTH)
    bars = [Bar(what, amount, text.strip(), marked=True)]
    draw_bars(canvas, _TOP, bars, full, allowed)
    limit = f"; the limit is {allowed:,} {unit}".rstrip() if allowed else ""
    words = [f"{what[:1].upper()}{what[1:]}: {text.strip()}{limit}."]
    return finish("Used, and allowed", canvas, words, sketch_bars(bars, full, allowed))
