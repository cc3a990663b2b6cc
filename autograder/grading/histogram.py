"""How points are spread over a class: ten columns of an SVG, and the same as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10
_WIDTH, _HEIGHT, _COLUMN, _GAP = 640, 200, 52, 8
_LEFT, _TOP, _FLOOR = 24, 22, 160  # where the columns begin, may reach up to, and stand


@dataclass(frozen=True)
class Bar:
    """One column. `x`, `y`, `height` in the units of the picture; `first` and `last` in points."""

    first: str
    last: str
    count: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Histogram:
    """The picture's parts and its description."""

    bars: tuple[Bar, ...]
    text: str
    width: int = _WIDTH
    height: int = _HEIGHT
    column: int = _COLUMN
    floor: int = _FLOOR


def histogram(scores: Sequence[float], most: float) -> Histogram:
    """Count `scores` (points, from 0 to `most`) in ten bins; full marks are in the last one."""
    counts = [0] * BINS
    for score in scores:
        share = score / most if most else 0.0
        counts[max(0, min(BINS - 1, int(share * BINS)))] += 1
    tallest = max(1, *counts)
    bars = []
    for number, count in enumerate(counts):
        height = count / tallest * (_FLOOR - _TOP)
        first, last = most * number / BINS, most * (number + 1) / BINS
        bars.append(
            Bar(
                f"{first:g}", f"{last:g}", count,
                _LEFT + number * (_COLUMN + _GAP), _FLOOR - height, height,
            )
        )  # fmt: skip
    return Histogram(tuple(bars), _words(bars))


def _words(bars: Sequence[Bar]) -> str:
    told = [
        f"{bar.count} from {bar.first} to {'' if bar is bars[-1] else 'below '}{bar.last}"
        for bar in bars
        if bar.count
    ]
    return f"Submissions by points: {', '.join(told)}." if told else "No submission was graded."
