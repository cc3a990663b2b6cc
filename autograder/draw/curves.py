"""Measured values as curves over a logarithmic scale, each with its own shape of point."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish

WIDTH = 760
_LEFT, _RIGHT, _TOP, _HEIGHT = 90.0, 560.0, 62.0, 240.0
_TONES = (Tone.FINE, Tone.HELD, Tone.WRONG, Tone.GONE, Tone.FINE)

Points = Sequence[tuple[float, float]]


def draw_curves(title: str, across: str, up: str, curves: Mapping[str, Points]) -> Drawing:
    """Up to five `curves` of (x, y), all above 0, in one field; both axes are logarithmic.

    `across` and `up` say what the axes show and in what unit. The words hold every value.
    """
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True)
    xs = sorted({x for points in curves.values() for x, _ in points})
    ys = [y for points in curves.values() for _, y in points]
    field = _Field((xs[0], xs[-1]), _whole_decades(min(ys), max(ys)))
    _axes(canvas, field, xs, across, up)
    bottom = _TOP + 14
    for number, (name, points) in enumerate(curves.items()):
        places = [field.place(x, y) for x, y in points]
        tone = _TONES[number % len(_TONES)]
        for start, end in pairwise(places):
            canvas.line(start, end, tone, dashed=number % 2 == 1, thick=2.2)
        for place in places:
            _mark(canvas, number, place, tone)
        _mark(canvas, number, (_RIGHT + 28, bottom - 4), tone)
        canvas.text(_RIGHT + 42, bottom, name, WIDTH - _RIGHT - 50, bold=True)
        bottom += 24
    words = [f"{up}, by {across}:"]
    for name, points in curves.items():
        words.append(f"{name}: {', '.join(f'{_short(y)} at {_short(x)}' for x, y in points)}")
    return finish(title, canvas, words, _table(xs, curves, across))


class _Field:
    """Where a pair of values lies in the picture."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.x, self.y = x, y

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Pixels from the upper left corner."""
        right = _LEFT + 16 + _share(x, *self.x) * (_RIGHT - _LEFT - 32)
        return right, _TOP + _HEIGHT * (1 - _share(y, *self.y))


def _share(value: float, low: float, high: float) -> float:
    return math.log(value / low) / math.log(high / low) if high > low else 0.5


def _whole_decades(low: float, high: float) -> tuple[float, float]:
    below = 10.0 ** math.floor(math.log10(low))
    return below, max(10.0 ** math.ceil(math.log10(high)), below * 10)


def _axes(canvas: Canvas, field: _Field, xs: list[float], across: str, up: str) -> None:
    base = _TOP + _HEIGHT
    decade = field.y[0]
    while decade <= field.y[1] * 1.001:
        y = field.place(field.x[0], decade)[1]
        canvas.line((_LEFT, y), (_RIGHT, y), Tone.GONE, thick=0.6)
        canvas.text(_LEFT - 8, y + 4, _short(decade), 70, size=11, anchor="end")
        decade *= 10
    canvas.text(MARGIN, _TOP - 14, up, 400, size=11)
    step = -(-len(xs) // 8)
    for x in xs[::step]:
        middle = field.place(x, field.y[0])[0]
        canvas.line((middle, base), (middle, base + 5), thick=1.2)
        canvas.text(middle, base + 18, _short(x), 60, size=11, anchor="middle")
    canvas.text((_LEFT + _RIGHT) / 2, base + 38, across, 400, size=11, anchor="middle")


def _mark(canvas: Canvas, number: int, at: tuple[float, float], tone: Tone) -> None:
    x, y = at
    shape = number % len(_TONES)
    if shape == 0:
        canvas.rectangle(x - 4, y - 4, 8, 8, tone, fill=0.9, radius=4)
    elif shape == 1:
        canvas.rectangle(x - 4, y - 4, 8, 8, tone, fill=0.9, radius=0)
    elif shape == 2:
        canvas.cross(x, y, 4, tone)
    elif shape == 3:
        canvas.path(f"M {x - 5} {y + 4} L {x + 5} {y + 4} L {x} {y - 5} Z", y + 4, tone, fill=0.9)
    else:
        diamond = f"M {x - 6} {y} L {x} {y - 6} L {x + 6} {y} L {x} {y + 6} Z"
        canvas.path(diamond, y + 6, tone, fill=0.1)


def _table(xs: list[float], curves: Mapping[str, Points], across: str) -> list[str]:
    wide = max(len(name) for name in curves) + 2
    lines = [f"{across:>24}" + "".join(f"{name:>{wide}}" for name in curves)]
    for x in xs:
        row = [dict(points).get(x) for points in curves.values()]
        lines.append(f"{_short(x):>24}" + "".join(f"{_short(y) if y else '':>{wide}}" for y in row))
    return [*lines, ""]


def _short(value: float) -> str:
    """4096 as '4 Ki', 0.0123 as '0.012'."""
    for unit, size in (("Mi", 1 << 20), ("Ki", 1 << 10)):
        if value >= size and value % size == 0:
            return f"{value / size:.0f} {unit}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
