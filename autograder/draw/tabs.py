"""The tabs of a browser: what each has painted, and whether its process lives."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish

WIDTH = 760
_TAB, _GAP, _POINT, _TOP, _INSET = 172.0, 13.0, 15.0, 66.0, 26.0
_INKS = ((Tone.GONE, 0.1), (Tone.FINE, 0.75), (Tone.HELD, 0.7), (Tone.FINE, 0.2), (Tone.WRONG, 0.5))


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its heading, lines about its process, and its points, row by row (0: blank)."""

    heading: str
    lines: tuple[str, ...]
    points: bytes
    side: int
    alive: bool


def draw_tabs(title: str, above: str, tabs: Sequence[Tab]) -> Drawing:
    """Tabs beside each other, with a line `above` them about the browser."""
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True, size=14)
    canvas.text(MARGIN, MARGIN + 34, above, WIDTH - 2 * MARGIN)
    words = [above]
    for place, tab in enumerate(tabs):
        _draw(canvas, MARGIN + (_TAB + _GAP) * place, tab)
        painted = sum(map(bool, tab.points))
        shown = f"{painted} of {len(tab.points)} points painted" if painted else "blank"
        face = "" if tab.alive else "a sad tab: "
        words.append(f"{tab.heading}: {face}{', '.join(filter(None, tab.lines))}; {shown}")
    return finish(title, canvas, words)


def _draw(canvas: Canvas, left: float, tab: Tab) -> None:
    tone = Tone.INK if tab.alive else Tone.WRONG
    high = 30 + _POINT * tab.side + 12 + 18 * len(tab.lines)
    canvas.rectangle(left, _TOP, _TAB, high, tone, fill=0.03, dashed=not tab.alive)
    canvas.text(left + 12, _TOP + 19, tab.heading, _TAB - 60, bold=True)
    for place, value in enumerate(tab.points):
        row, column = divmod(place, tab.side)
        ink, fill = _INKS[min(value, len(_INKS) - 1)]
        x, y = left + _INSET + _POINT * column, _TOP + 30 + _POINT * row
        strength = fill if tab.alive else fill / 4
        canvas.rectangle(x, y, _POINT, _POINT, ink, fill=strength, radius=0, thick=0.3)
        if value == 2 and tab.alive:  # one ink is a dot as well
            canvas.rectangle(x + 6, y + 6, 3, 3, Tone.INK, fill=0.9, radius=1, thick=0.3)
    if not tab.alive:
        _sad_face(canvas, left + _TAB / 2, _TOP + 30 + _POINT * tab.side / 2)
    for number, line in enumerate(tab.lines):
        y = _TOP + 30 + _POINT * tab.side + 20 + 18 * number
        canvas.text(left + 10, y, line, _TAB - 16, size=11, bold=not tab.alive)


def _sad_face(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle(x - 26, y - 26, 52, 52, Tone.WRONG, fill=0.12, radius=26, thick=2.4)
    for side in (-10, 10):
        canvas.cross(x + side, y - 7, 4)
    mouth = f"M {x - 12} {y + 15} Q {x} {y + 3} {x + 12} {y + 15}"
    canvas.path(mouth, y + 16, Tone.WRONG, thick=2.6)
