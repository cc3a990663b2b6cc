"""Two processes at once, or one call that did less than was asked: updates, records, bytes."""

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.bars import WIDTH, Bar, draw_bars, sketch_bars
from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.lettering import bytes_in_words
from autograder.draw.strips import Look, Segment, draw_strip, sketch_strip

_LEFT, _STRIP = float(MARGIN), float(WIDTH - 2 * MARGIN)
_LANES = ("one process", "another process", "the memory they share")
_LANE_LEFT, _COLUMN, _LANE_HEIGHT = 190.0, 138.0, 46.0
# (lane, column, what happens there): both read before either has written.
_STEPS = (
    (0, 0, "reads n"),
    (1, 1, "reads n"),
    (0, 2, "writes n + 1"),
    (1, 3, "writes n + 1"),
)
_CONTENTS = ("n", "n", "n + 1", "n + 1")


def draw_lost_update(run: Run, finding: Finding) -> Drawing | None:
    """How an update gets lost, in order of time; and how many, where that is known.

    Reads `expected` and `found` (numbers of updates).
    """
    canvas = Canvas(WIDTH)
    bottom = _draw_lanes(canvas)
    words = [
        "Both processes read n; then both write n + 1: two updates, of which one counts",
    ]
    art = _sketch_lanes()
    expected, found = facts.number(finding, "expected"), facts.number(finding, "found")
    if expected and found is not None:
        bars = [
            Bar("updates made", expected, f"{expected:,}"),
            Bar("updates that count", found, f"{found:,}", marked=True),
        ]
        full = max(expected, found)
        draw_bars(canvas, bottom + 18, bars, full)
        art += sketch_bars(bars, full)
        words.append(f"{expected:,} updates were made, {found:,} of them count")
    return finish("How an update gets lost", canvas, words, art)


def _draw_lanes(canvas: Canvas) -> float:
    for lane, name in enumerate(_LANES):
        y = MARGIN + _LANE_HEIGHT * lane
        canvas.text(_LEFT, y + 24, name, _LANE_LEFT - 20, bold=True)
        taken = [column for where, column, _ in _STEPS if where == lane or lane == 2]
        for column in range(len(_STEPS) + 1):
            x = _LANE_LEFT + _COLUMN * column
            start = x - (18 if column - 1 in taken else _COLUMN - 6)
            if column and start < x + 6:
                canvas.line((start, y + 20), (x + 6, y + 20), Tone.GONE, dashed=True, thick=1.2)
    shared = MARGIN + _LANE_HEIGHT * 2
    for lane, column, text in _STEPS:
        x, y = _LANE_LEFT + _COLUMN * column + 6, MARGIN + _LANE_HEIGHT * lane
        tone = Tone.WRONG if column == 3 else Tone.FINE
        canvas.rectangle(x, y + 4, _COLUMN - 24, 32, tone, fill=0.25, radius=6)
        canvas.text(x + (_COLUMN - 24) / 2, y + 25, text, _COLUMN - 30, anchor="middle")
        content = _CONTENTS[column]
        canvas.rectangle(x, shared + 4, _COLUMN - 24, 32, Tone.GONE, fill=0.12, radius=2)
        middle = x + (_COLUMN - 24) / 2
        canvas.text(middle, shared + 25, content, _COLUMN - 30, bold=True, anchor="middle")
    bottom = MARGIN + _LANE_HEIGHT * 3
    canvas.text(_LANE_LEFT, bottom + 8, "time", 60, size=11)
    canvas.arrow((_LANE_LEFT + 36, bottom + 4), (WIDTH - MARGIN - 0.0, bottom + 4), Tone.GONE)
    return bottom + 16


def _sketch_lanes() -> list[str]:
    rows = []
    for lane, name in enumerate(_LANES):
        cells = ["─" * 14] * 4
        for where, column, text in _STEPS:
            if where == lane:
                cells[column] = f"{f' {text} ':─<14}"
            if lane == 2:
                cells[column] = f"{f' {_CONTENTS[column]} ':─<14}"
        rows.append(f"{name:<21}{''.join(cells)}▶")
    return [*rows, ""]


def draw_torn_record(run: Run, finding: Finding) -> Drawing | None:
    """A record with another one in its middle. Reads `length` and `limit` (bytes)."""
    length, limit = facts.number(finding, "length"), facts.number(finding, "limit")
    segments = [
        Segment("one record", ("its beginning",), Look.DATA),
        Segment("another record", ("of another process",), Look.WRONG),
        Segment("the first record", ("its rest",), Look.DATA),
    ]
    canvas = Canvas(WIDTH)
    canvas.text(_LEFT, MARGIN + 12, "The bytes as they lie in the pipe:", _STRIP, bold=True)
    bottom = draw_strip(canvas, _LEFT, MARGIN + 22, _STRIP, segments)
    words = [f"{segment.name}: {', '.join(segment.notes)}" for segment in segments]
    if length:
        of = f"; a write is in one piece up to {bytes_in_words(limit)} (PIPE_BUF)" if limit else ""
        words.append(f"A record has {bytes_in_words(length)}{of}")
        canvas.text(_LEFT, bottom + 16, words[-1], _STRIP)
    return finish("Records in the pipe", canvas, words, sketch_strip(segments))


def draw_partial(run: Run, finding: Finding) -> Drawing | None:
    """What a call was asked for and what it did. Reads `call`, `asked` and `got` (bytes)."""
    asked, got = facts.number(finding, "asked"), facts.number(finding, "got")
    call = facts.string(finding, "call") or "the call"
    canvas = Canvas(WIDTH)
    if asked and got is not None:
        bars = [
            Bar(f"{call} was asked for", asked, bytes_in_words(asked)),
            Bar("it moved", got, bytes_in_words(got), marked=True),
        ]
        draw_bars(canvas, _LEFT, bars, max(asked, got))
        words = [f"{call} was asked for {bytes_in_words(asked)} and moved {bytes_in_words(got)}"]
        return finish("Asked for, and done", canvas, words, sketch_bars(bars, max(asked, got)))
    segments = [
        Segment("moved", ("by this one call",), Look.DATA),
        Segment("not moved", ("another call must do it",), Look.GONE),
    ]
    draw_strip(canvas, _LEFT, _LEFT, _STRIP, segments)
    words = [f"{segment.name}: {', '.join(segment.notes)}" for segment in segments]
    return finish("What one call moves", canvas, words, sketch_strip(segments))
