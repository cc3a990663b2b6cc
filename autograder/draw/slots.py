"""A pipe from inside: its slots, each of one page, and how many bytes are in each."""

from collections.abc import Sequence

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.lettering import bytes_in_words

WIDTH = 760
_ROW, _WIDE, _HIGH, _GAP, _LABEL = 8, 84, 52, 6, 16


def draw_slots(
    title: str,
    slots: Sequence[int],
    count: int,
    page: int,
    waiting: int,
    ends: Sequence[tuple[str, bool]],
) -> Drawing:
    """A pipe of `count` slots of `page` bytes; `slots` has the bytes of those that are used.

    `waiting` is what FIONREAD says; `ends` are lines about who is at the pipe, and whether that
    process sleeps.
    """
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True, size=14)
    y = MARGIN + 36.0
    for line, sleeps in ends:
        _sign(canvas, MARGIN + 6.0, y - 4, sleeps)
        canvas.text(MARGIN + 20, y, line, WIDTH - 2 * MARGIN - 20, bold=sleeps)
        y += 20
    for number in range(count):
        row, column = divmod(number, _ROW)
        left = MARGIN + column * (_WIDE + _GAP) + 6.0
        top = y + 4 + row * (_HIGH + _LABEL + _GAP)
        used = slots[number] if number < len(slots) else 0
        _slot(canvas, left, top, number + 1, used, page)
    rows = -(-count // _ROW)
    y += 4 + rows * (_HIGH + _LABEL + _GAP) + 12
    sums = (
        f"{waiting:,} of {count * page:,} bytes (FIONREAD)",
        f"{len(slots)} of {count} slots used" + (": full" if len(slots) >= count else ""),
    )
    canvas.text(MARGIN + 6, y, f"{sums[0]}   ·   {sums[1]}", WIDTH - 2 * MARGIN, bold=True)
    words = [line for line, _ in ends]
    words += [f"{sums[0]}; {sums[1]}."]
    words += [f"Slot {number}: {bytes_in_words(used)}" for number, used in enumerate(slots, 1)]
    return finish(title, canvas, words, [_bar(slots, count, page), ""])


def _slot(canvas: Canvas, left: float, top: float, number: int, used: int, page: int) -> None:
    tone = Tone.FINE if used else Tone.GONE
    canvas.rectangle(left, top, _WIDE, _HIGH, tone, fill=0.0, dashed=not used, radius=3)
    if used:
        level = max(2.0, (_HIGH - 2) * used / page)
        bottom = top + _HIGH - 1
        canvas.rectangle(
            left + 1, bottom - level, _WIDE - 2, level, tone, fill=0.35, radius=1, thick=0.8
        )
        middle = left + _WIDE / 2
        canvas.text(middle, top + 31, f"{used:,}", _WIDE - 6, bold=True, anchor="middle")
    canvas.text(left + 3, top + _HIGH + 13, f"{number}", 30, size=11)


def _sign(canvas: Canvas, x: float, y: float, sleeps: bool) -> None:
    """A square for who stands still, a triangle for who can go on."""
    if sleeps:
        canvas.rectangle(x - 5, y - 5, 10, 10, Tone.WRONG, fill=0.6, radius=1)
    else:
        canvas.tip((x + 5, y), -10, Tone.FINE)


def _bar(slots: Sequence[int], count: int, page: int) -> str:
    """Each slot as one sign: how full it is."""
    signs = "".join(" ▁▂▃▄▅▆▇█"[-(-8 * used // page)] for used in slots)
    return f"▕{signs}{'·' * (count - len(slots))}▏"
