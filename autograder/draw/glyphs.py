"""How each kind of kernel object looks: a shape of its own for each, with its name inside."""

from autograder.draw.canvas import Canvas, Tone
from autograder.draw.things import Thing

THING_HEIGHT = 46


def draw_thing(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> None:
    """A thing in a field of `width` by `THING_HEIGHT` pixels; lines may come from the left."""
    shape = {
        "pipe": _pipe,
        "fifo": _pipe,
        "socket": _pair,
        "semaphore": _hexagon,
        "lock": _padlock,
        "queue": _queue,
        "segment": _block,
    }[thing.kind]
    indent = shape(canvas, thing, x, y, width)
    _label(canvas, thing, x + indent, y, width - indent - 12)


def _label(canvas: Canvas, thing: Thing, x: float, y: float, room: float) -> None:
    middle = x + room / 2
    if thing.note:
        canvas.text(middle, y + 20, thing.name, room, size=13, bold=True, anchor="middle")
        canvas.text(middle, y + 36, thing.note, room, size=11, anchor="middle")
    else:
        canvas.text(middle, y + 28, thing.name, room, size=13, bold=True, anchor="middle")


def _pipe(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    """A tube lying on its side, filled from below as far as it is known to be."""
    end, height = 10.0, float(THING_HEIGHT)
    body = (
        f"M {x + end} {y} H {x + width - end} A {end} {height / 2} 0 0 1 {x + width - end} "
        f"{y + height} H {x + end} A {end} {height / 2} 0 0 1 {x + end} {y} Z"
    )
    if thing.share:
        level = max(3.0, (height - 6) * min(1.0, thing.share))
        top = y + height - 3 - level
        inside = width - 2 * end - 4
        canvas.rectangle(x + end + 5, top, inside, level, Tone.HELD, fill=0.25, radius=3, thick=0.8)
    tone = Tone.GONE if thing.closed else Tone.INK
    canvas.path(body, y + height, tone, fill=0.06, dashed=thing.closed)
    mouth = f"M {x + end} {y} A {end} {height / 2} 0 0 1 {x + end} {y + height}"
    canvas.path(mouth, y + height, tone, dashed=thing.closed)
    return 2 * end


def _pair(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    """Two sockets joined at a seam; each is an end for both directions."""
    half = THING_HEIGHT / 2
    canvas.rectangle(x, y, width, THING_HEIGHT, fill=0.06, radius=6)
    if "pair" in thing.name:
        canvas.line((x, y + half), (x + 58, y + half), thick=1.2)
        canvas.line((x + 58, y), (x + 58, y + THING_HEIGHT), thick=1.2)
        canvas.text(x + 29, y + half - 7, "end 1", 54, size=11, anchor="middle")
        canvas.text(x + 29, y + 2 * half - 7, "end 2", 54, size=11, anchor="middle")
        return 62
    return 12


def _hexagon(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    tip, height = 14, THING_HEIGHT
    body = (
        f"M {x} {y + height / 2} L {x + tip} {y} H {x + width - tip} L {x + width} "
        f"{y + height / 2} L {x + width - tip} {y + height} H {x + tip} Z"
    )
    canvas.path(body, y + height, fill=0.06)
    return 14


def _padlock(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    canvas.rectangle(x, y, width, THING_HEIGHT, fill=0.06, radius=4)
    canvas.rectangle(x + 12, y + 21, 20, 15, fill=0.25, radius=2)
    bow = f"M {x + 15.5} {y + 21} V {y + 16} A 6.5 6.5 0 0 1 {x + 28.5} {y + 16} V {y + 21}"
    canvas.path(bow, y + 21, thick=2)
    return 38


def _queue(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    """A box with slots, one behind the other."""
    canvas.rectangle(x, y, width, THING_HEIGHT, fill=0.06, radius=4)
    for slot in range(3):
        canvas.rectangle(x + 8 + 11 * slot, y + 12, 8, 22, fill=0.0, radius=1, thick=1.2)
    return 44


def _block(canvas: Canvas, thing: Thing, x: float, y: float, width: float) -> float:
    """Memory: a block with a scale of pages at its left edge."""
    canvas.rectangle(x, y, width, THING_HEIGHT, fill=0.06, radius=2)
    for line in range(4):
        canvas.rectangle(x + 8, y + 7 + 8 * line, 22, 8, fill=0.0, radius=0, thick=1)
    return 36
