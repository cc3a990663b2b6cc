"""Amounts as bars, beside each other's scale, with a mark where a limit is."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.lettering import COLUMNS, extent, shorten

WIDTH = 760
_LABEL, _BAR, _HEIGHT, _STEP = 170, 330, 20, 34
_COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount: its `label`, its value, and the value in words. `marked`: the one at fault."""

    label: str
    amount: float
    text: str
    marked: bool = False


def draw_bars(
    canvas: Canvas, top: float, bars: Sequence[Bar], full: float, limit: float | None = None
) -> float:
    """Bars below each other from `top` on; `full` is the amount that fills the field.

    Returns the y below the last one.
    """
    left = float(MARGIN + _LABEL)
    scale = _BAR / max(full, 1e-9)
    for index, bar in enumerate(bars):
        y = top + _STEP * index
        middle = y + _HEIGHT / 2 + 4
        canvas.text(left - 10, middle, bar.label, _LABEL - 14, anchor="end")
        canvas.rectangle(left, y, _BAR, _HEIGHT, Tone.GONE, fill=0.06, radius=3, thick=0.8)
        width = min(float(_BAR), bar.amount * scale)
        tone = Tone.WRONG if bar.marked else Tone.FINE
        if width > 0:
            width = max(width, 3.0)
            canvas.rectangle(left, y, width, _HEIGHT, tone, fill=0.35, radius=3)
            if bar.marked:
                canvas.hatch(left, y, width, float(_HEIGHT), tone)
        canvas.text(left + _BAR + 12, middle, bar.text, WIDTH - left - _BAR - 24, bold=True)
    bottom = top + _STEP * len(bars)
    if limit is not None:
        x = left + min(float(_BAR), limit * scale)
        canvas.line((x, top - 6), (x, bottom - _STEP + _HEIGHT + 6), thick=3)
        name = f"limit {limit:,.0f}"
        half = extent(name, 11, bold=True) / 2
        canvas.text(max(x, left + half), bottom + 4, name, 200, size=11, bold=True, anchor="middle")
        bottom += 12
    return bottom


def sketch_bars(bars: Sequence[Bar], full: float, limit: float | None = None) -> list[str]:
    """The same bars in characters."""
    labels = [shorten(bar.label, 22) for bar in bars]
    width = max(map(cell_len, labels), default=0)
    mark = None if limit is None else min(_COLUMNS - 1, int(limit / max(full, 1e-9) * _COLUMNS))
    lines = []
    for label, bar in zip(labels, bars, strict=True):
        filled = min(_COLUMNS, round(bar.amount / max(full, 1e-9) * _COLUMNS))
        filled = max(filled, 1) if bar.amount > 0 else 0
        cells = ["█"] * filled + ["░"] * (_COLUMNS - filled)
        if mark is not None:
            cells[mark] = "┃"
        gap = " " * (width - cell_len(label))
        lines.append(
            f"{label}{gap} {''.join(cells)} {shorten(bar.text, COLUMNS - width - _COLUMNS - 2)}"
        )
    if mark is not None and limit is not None:
        lines.append(" " * (width + 1 + mark) + f"┗ limit {limit:,.0f}")
    return [*lines, ""]


def draw_amounts(title: str, bars: Sequence[Bar]) -> Drawing:
    """A picture of bars alone, the longest of which fills the field."""
    full = max((bar.amount for bar in bars), default=0.0)
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True)
    draw_bars(canvas, MARGIN + 28.0, bars, full)
    return finish(
        title, canvas, [f"{bar.label}: {bar.text}" for bar in bars], sketch_bars(bars, full)
    )
