"""Pages in a row, each in one of a few states: what is in memory, mapped, changed, copied."""

from collections.abc import Mapping, Sequence

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.lettering import COLUMNS

WIDTH = 760
_LABEL, _CELL, _STEP, _MOST = 150, 17, 30, 34
# character: tone, opacity of the inside, dashed
_LOOKS = {
    "·": (Tone.GONE, 0.0, True),
    "░": (Tone.GONE, 0.25, False),
    "█": (Tone.FINE, 0.5, False),
    "▒": (Tone.HELD, 0.35, False),
    "✗": (Tone.WRONG, 0.15, False),
}


def draw_pages(
    title: str,
    rows: Mapping[str, Sequence[str]],
    looks: Mapping[str, str],
    numbered: bool = False,
) -> Drawing:
    """Rows of pages, one state for each page. `looks` gives each state one of the signs · ░ █ ▒ ✗.

    Of more than 34 pages only the first are shown, and the words say so; they also count the
    states of each row. `numbered` pages have their numbers, from 0 on, above them.
    """
    canvas = Canvas(WIDTH)
    canvas.text(MARGIN, MARGIN + 12, title, WIDTH - 2 * MARGIN, bold=True)
    top, words, art = float(MARGIN + 28), [], []
    if numbered:
        for number in range(min(_MOST, max(map(len, rows.values()), default=0))):
            middle = MARGIN + _LABEL + _CELL * number + (_CELL - 3) / 2
            canvas.text(middle, top + 6, str(number), _CELL, size=10, anchor="middle")
        top += 14
    for label, states in rows.items():
        shown = states[:_MOST]
        canvas.text(MARGIN, top + 14, label, _LABEL - 8)
        for number, state in enumerate(shown):
            _cell(canvas, float(MARGIN + _LABEL + _CELL * number), top, looks[state])
        counts = [f"{states.count(state)} {state}" for state in looks if state in states]
        more = f" (the first {_MOST} are drawn)" if len(states) > _MOST else ""
        amount = f"{len(states)} page" + ("s" if len(states) != 1 else "")
        words.append(f"{label}: {amount}, {', '.join(counts)}{more}")
        signs = "".join(looks[state] for state in shown)
        art.append(f"{label:<{COLUMNS - _MOST - 2}.{COLUMNS - _MOST - 2}} {signs}")
        top += _STEP
    x = float(MARGIN)
    for state, sign in looks.items():
        _cell(canvas, x, top + 4, sign)
        canvas.text(x + _CELL + 6, top + 17, state, 150)
        x += 160
    art.append("   ".join(f"{sign} {state}" for state, sign in looks.items()))
    return finish(title, canvas, words, [*art, ""])


def _cell(canvas: Canvas, x: float, y: float, sign: str) -> None:
    tone, fill, dashed = _LOOKS[sign]
    canvas.rectangle(x, y, _CELL - 3, 18, tone, fill=fill, dashed=dashed, radius=2, thick=1.2)
    if sign == "▒":
        canvas.hatch(x, y, _CELL - 3, 18.0, tone)
    elif sign == "✗":
        canvas.cross(x + (_CELL - 3) / 2, y + 9, 4)
