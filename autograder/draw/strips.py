"""A strip: one range of bytes, file or memory, cut into segments that mean different things."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from autograder.draw.canvas import Canvas, Tone
from autograder.draw.facts import PAGE
from autograder.draw.lettering import fit, shorten

STRIP_HEIGHT = 44
_LEAST, _LINE, _MOST_TICKS, _BELOW = 132, 15, 40, 20
_SKETCH = 72


class Look(Enum):
    """How a segment looks; the value is the character that stands for it in a terminal."""

    DATA = "█"
    ZERO = "·"
    WRONG = "✗"
    GONE = " "
    MARKED = "▒"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a strip: what stands in it, what stands below it, how many bytes it has."""

    name: str
    notes: tuple[str, ...]
    look: Look
    size: int | None = None


def draw_strip(
    canvas: Canvas, left: float, top: float, width: float, segments: Sequence[Segment]
) -> float:
    """Draw the segments beside each other; returns the y below the notes."""
    x, bottom = left, top + STRIP_HEIGHT
    offset: int | None = 0
    for segment, wide in zip(segments, _widths(segments, width), strict=True):
        _draw_segment(canvas, segment, x, top, wide)
        if segment.size is not None and offset is not None:
            _ticks(canvas, x, top, wide, offset, segment.size)
            offset += segment.size
        else:
            offset = None
        lines = [fit(note, wide - 8, 11) for note in segment.notes]
        for index, line in enumerate(lines):
            y = top + STRIP_HEIGHT + _BELOW + _LINE * index
            canvas.text(x + wide / 2, y, line, wide - 4, size=11, anchor="middle")
            bottom = max(bottom, y)
        x += wide
    return bottom + 8


def position(segments: Sequence[Segment], width: float, offset: int) -> float:
    """How far from the left edge a strip of segments of known sizes has the byte at `offset`."""
    x, start = 0.0, 0
    for segment, wide in zip(segments, _widths(segments, width), strict=True):
        size = segment.size or 0
        if offset < start + size:
            return x + wide * (offset - start) / size
        x, start = x + wide, start + size
    return x


def sketch_strip(segments: Sequence[Segment]) -> list[str]:
    """The strip in characters: names above, and the look of each segment."""
    widths = [int(wide) for wide in _widths(segments, _SKETCH, least=16)]
    names, row = "", ""
    for segment, wide in zip(segments, widths, strict=True):
        name = shorten(segment.name, wide)
        names += f" {name:<{wide}}"
        row += "│" + segment.look.value * wide
    return [names.rstrip(), row + "│", ""]


def _widths(segments: Sequence[Segment], width: float, least: float = _LEAST) -> list[float]:
    """A share for each: enough for its words, and the rest by size where all sizes are known."""
    least = min(least, width / max(1, len(segments)))
    spare = width - least * len(segments)
    sizes = [segment.size for segment in segments]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes) or not sum(known):
        return [least + spare / len(segments)] * len(segments)
    return [least + spare * size / sum(known) for size in known]


def _draw_segment(canvas: Canvas, segment: Segment, x: float, top: float, wide: float) -> None:
    tone, fill, dashed = {
        Look.DATA: (Tone.FINE, 0.35, False),
        Look.ZERO: (Tone.GONE, 0.1, False),
        Look.WRONG: (Tone.WRONG, 0.12, False),
        Look.GONE: (Tone.GONE, 0.0, True),
        Look.MARKED: (Tone.HELD, 0.2, False),
    }[segment.look]
    canvas.rectangle(
        x, top, wide, STRIP_HEIGHT, tone, fill=fill, dashed=dashed, radius=0, thick=1.8
    )
    if segment.look is Look.WRONG:
        canvas.cross(x + 18, top + STRIP_HEIGHT / 2)
    elif segment.look is Look.MARKED:
        canvas.hatch(x, top + STRIP_HEIGHT - 12, wide, 12.0, tone)
    indent = 34 if segment.look is Look.WRONG else 8
    middle = x + indent + (wide - indent - 8) / 2
    y = top + (26 if segment.look is not Look.MARKED else 21)
    canvas.text(middle, y, segment.name, wide - indent - 6, bold=True, anchor="middle")


def _ticks(canvas: Canvas, x: float, top: float, wide: float, offset: int, size: int) -> None:
    """A tick at each boundary of pages, where there are few enough to be told apart."""
    first = -offset % PAGE
    if not 0 < size <= PAGE * _MOST_TICKS:
        return
    for at in range(first, size, PAGE):
        place = x + wide * at / size
        canvas.line((place, top + STRIP_HEIGHT), (place, top + STRIP_HEIGHT + 6), thick=1.2)
