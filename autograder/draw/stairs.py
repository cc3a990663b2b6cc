"""A small whole number over a series of steps, as stairs, beside a card with facts."""

from collections.abc import Sequence

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish

WIDTH = 760
_CARD, _GAP, _LINE, _TOP = 250.0, 30.0, 20.0, 44.0
_FIELD, _STEP, _MOST = 120.0, 52.0, 9


def draw_stairs(
    title: str,
    facts: Sequence[tuple[str, str]],
    gone: bool,
    counted: str,
    steps: Sequence[tuple[str, int]],
    lines: Sequence[str],
) -> Drawing:
    """A card of `facts` (name, value), dashed when what it tells of is `gone`; beside it the
    number that is `counted` after each of the `steps` (what was done, number); `lines` below.

    Of more than nine steps the last ones are drawn.
    """
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True, size=14)
    high = _LINE * len(facts) + 16
    tone = Tone.GONE if gone else Tone.FINE
    canvas.rectangle(MARGIN, _TOP, _CARD, high, tone, fill=0.05 if gone else 0.12, dashed=gone)
    for number, (name, value) in enumerate(facts):
        y = _TOP + 22 + _LINE * number
        canvas.text(MARGIN + 12, y, name, 90, size=11)
        canvas.text(MARGIN + 84, y, value, _CARD - 96, bold=True)
    _stairs(canvas, counted, steps[-_MOST:])
    y = _TOP + max(high, _FIELD + 54) + 14
    for line in lines:
        canvas.text(MARGIN, y, line, WIDTH - 2 * MARGIN)
        y += _LINE
    words = [f"{name}: {value}" for name, value in facts] + list(lines)
    told = "; ".join(f"{number} after {what}" for what, number in steps)
    return finish(title, canvas, [*words, f"{counted}: {told}"], [_sketch(steps[-_MOST:]), ""])


def _stairs(canvas: Canvas, counted: str, steps: Sequence[tuple[str, int]]) -> None:
    left = MARGIN + _CARD + _GAP
    most = max([4, *(number for _, number in steps)])
    base = _TOP + 16 + _FIELD

    def height(number: int) -> float:
        return base - _FIELD * number / most

    canvas.text(left, _TOP + 6, counted, 300, bold=True)
    canvas.line((left, base), (left + _STEP * _MOST, base), Tone.GONE, thick=1.2)
    before = 0
    for place, (what, number) in enumerate(steps):
        x, y = left + _STEP * place, height(number)
        if place:
            canvas.line((x, height(before)), (x, y), Tone.FINE, thick=2.4)
        canvas.line((x, y), (x + _STEP, y), Tone.FINE, thick=2.4)
        canvas.text(x + _STEP / 2, y - 6, str(number), _STEP, bold=True, anchor="middle")
        for line, word in enumerate(what.split(" ", 1)):
            at = base + 16 + 13 * line
            canvas.text(x + _STEP / 2, at, word, _STEP - 2, size=10, anchor="middle")
        before = number


def _sketch(steps: Sequence[tuple[str, int]]) -> str:
    return " → ".join(str(number) for _, number in steps)
