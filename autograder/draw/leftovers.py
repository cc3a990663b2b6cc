"""What outlived the program: the processes are gone, the objects are still there."""

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.glyphs import THING_HEIGHT, draw_thing
from autograder.draw.lettering import bytes_in_words, shorten
from autograder.draw.things import Thing

WIDTH = 760
MOST = 6
_BOX, _BETWEEN, _THING = 190, 170, 364
_HEAD, _GAP = 34, 16
_TITLE = "What was still there when the program had ended"


@dataclass(frozen=True, slots=True)
class _Item:
    """One object that stayed: kind as in the ledger, name, what is known of it, its maker."""

    kind: str
    name: str
    note: str
    creator: int


def draw_leftovers(run: Run, finding: Finding) -> Drawing | None:
    """All objects that a run left behind, so that its findings need one picture; None without any.

    Reads `kind`, `name`, `size` (bytes), `note` and `creator` where the run itself has no list.
    """
    items = list(_items(run, finding))
    if not items:
        return None
    canvas = Canvas(WIDTH)
    left, right = float(MARGIN), float(MARGIN + _BOX + _BETWEEN)
    canvas.text(left, MARGIN + 12, "The program (ended)", _BOX + 40, bold=True)
    canvas.text(right, MARGIN + 12, "The kernel and its file systems", _THING, bold=True)
    shown = items[:MOST]
    for index, item in enumerate(shown):
        y = MARGIN + _HEAD + (THING_HEIGHT + _GAP) * float(index)
        _draw_item(canvas, item, left, right, y)
    bottom = MARGIN + _HEAD + (THING_HEIGHT + _GAP) * len(shown) - _GAP
    middle = right - 40.0
    canvas.line((middle, MARGIN), (middle, bottom), Tone.GONE, dashed=True)
    words = [_tell(item) for item in shown]
    art = [_sketch(item) for item in shown]
    if len(items) > len(shown):
        words.append(f"and {len(items) - len(shown)} more")
        canvas.text(right, bottom + 20, f"… {words[-1]}", _THING)
    return finish(_TITLE, canvas, words, [*art, ""])


def _items(run: Run, finding: Finding) -> Iterable[_Item]:
    for left in run.evidence.leftovers:
        # Only of a segment does the kernel keep who made it; of the others, who used it last.
        creator = left.creator if left.kind == "segment" else 0
        yield _Item(left.kind, left.name, _note(left.size, left.note), creator)
    name = facts.string(finding, "name")
    if name and name not in {left.name for left in run.evidence.leftovers}:
        kind = facts.string(finding, "kind")
        note = _note(facts.number(finding, "size") or 0, facts.string(finding, "note"))
        maker = (facts.number(finding, "creator") or 0) if kind == "segment" else 0
        yield _Item(kind, name, note, maker)


def _note(size: int, note: str) -> str:
    return ", ".join(filter(None, (bytes_in_words(size) if size else "", note)))


def _draw_item(canvas: Canvas, item: _Item, left: float, right: float, y: float) -> None:
    middle = y + THING_HEIGHT / 2
    canvas.rectangle(left, y + 4, _BOX, THING_HEIGHT - 8, Tone.GONE, fill=0.05, dashed=True)
    canvas.cross(left + 20, middle, 5, Tone.GONE)
    maker = f"process {item.creator}" if item.creator else "its processes"
    canvas.text(left + 36, middle + 5, maker, _BOX - 44)
    start, end = (left + _BOX + 2, middle), (right - 3, middle)
    canvas.arrow(start, end, Tone.GONE, dashed=True, thick=1.5)
    kinds = {"segment", "semaphore", "queue", "fifo", "socket"}
    kind = item.kind if item.kind in kinds else "segment"
    name = item.name
    if kind in ("fifo", "socket"):
        what, _, path = name.rpartition(" ")
        name = f"{what} {path.rpartition('/')[2]}".strip()
    draw_thing(canvas, Thing(kind, name, item.note or "still there"), right, y, _THING)


def _tell(item: _Item) -> str:
    maker = f", made by process {item.creator}" if item.creator else ""
    note = f" ({item.note})" if item.note else ""
    return f"{item.name[:1].upper()}{shorten(item.name[1:], 70)}{note}{maker}: still there"


def _sketch(item: _Item) -> str:
    maker = f"process {item.creator}" if item.creator else "its processes"
    return f"✗ {maker:<14} (ended) ┄┄▶ {shorten(item.name, 48)}"
