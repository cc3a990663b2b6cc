"""Address spaces beside each other: which piece lies at which address, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish

WIDTH = 760
_COLUMN, _LINE, _TOP = 310.0, 26.0, 62.0


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of an address space; `shared`: the same memory as in the other one."""

    name: str
    start: int
    shared: bool = False


def draw_spaces(title: str, spaces: Sequence[tuple[str, Sequence[Region]]]) -> Drawing:
    """Two address spaces, (heading, regions), highest address first; what is shared is joined."""
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True, size=14)
    lefts = [float(MARGIN), WIDTH - MARGIN - _COLUMN]
    middles: list[float] = []
    words = []
    for left, (heading, regions) in zip(lefts, spaces, strict=True):
        canvas.text(left, _TOP - 12, heading, _COLUMN, bold=True)
        rows = sorted(regions, key=lambda region: -region.start)
        high = _LINE * max(1, len(rows)) + 10
        gone = not rows
        canvas.rectangle(
            left, _TOP, _COLUMN, high, Tone.GONE if gone else Tone.INK, fill=0.03, dashed=gone
        )
        for number, region in enumerate(rows):
            y = _TOP + 5 + _LINE * number
            _row(canvas, left, y, region)
            if region.shared:
                middles.append(y + _LINE / 2)
        told = ", ".join(f"{region.name} at {region.start:#x}" for region in rows)
        words.append(f"{heading}: {told or 'no memory any more'}")
    if len(middles) == 2:
        start, end = (lefts[0] + _COLUMN, middles[0]), (lefts[1], middles[1])
        canvas.line(start, end, Tone.FINE, thick=2.4)
        height = min(middles) - 12
        canvas.text(WIDTH / 2, height, "the same pages", 120, size=11, anchor="middle")
    return finish(title, canvas, words)


def _row(canvas: Canvas, left: float, y: float, region: Region) -> None:
    if region.shared:
        canvas.rectangle(left + 4, y, _COLUMN - 8, _LINE, Tone.FINE, fill=0.2, radius=3)
    canvas.text(left + 12, y + 17, region.name, 180, bold=region.shared)
    end = left + _COLUMN - 12
    canvas.text(end, y + 17, f"{region.start:#x}", 140, bold=region.shared, anchor="end")
