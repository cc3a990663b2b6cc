"""Bytes on their way: stations in a row, and where between two of them the way is cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.lettering import COLUMNS, fold, shorten, wrap

WIDTH = 760
_LINK, _HEIGHT, _GAP, _LINE = 48, 84, 20, 15
_SKETCH_LINK, _MOST_LINES = 5, 3


@dataclass(frozen=True, slots=True)
class Station:
    """One place that bytes pass: its `kind` gives the shape, `lines` what is known of it.

    `cut`: from here they do not get on; `gone`: it is not there any more.
    """

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    cut: bool = False
    gone: bool = False
    marked: bool = False


def draw_flow(
    canvas: Canvas, top: float, chains: Sequence[Sequence[Station]], end: Sequence[Station] = ()
) -> float:
    """Draw `chains` below each other, all of them leading to `end`. Returns the y below."""
    count = max(map(len, chains)) + len(end)
    wide = (WIDTH - 2 * MARGIN - _LINK * (count - 1)) / count
    ys = [top + (_HEIGHT + _GAP) * index for index in range(len(chains))]
    middle = (ys[0] + ys[-1]) / 2
    for chain, y in zip(chains, ys, strict=True):
        _draw_chain(canvas, chain, MARGIN, y, wide)
        if end:
            x = MARGIN + (wide + _LINK) * len(chain) - _LINK
            _link(canvas, chain[-1], x, y + _HEIGHT / 2, middle + _HEIGHT / 2)
    if end:
        _draw_chain(canvas, end, MARGIN + (wide + _LINK) * len(chains[0]), middle, wide)
    return ys[-1] + _HEIGHT + 8


def sketch_flow(chains: Sequence[Sequence[Station]], end: Sequence[Station] = ()) -> list[str]:
    """The same in characters; of several chains only the first goes all the way to the end."""
    count = max(map(len, chains)) + len(end)
    wide = min(24, (COLUMNS - _SKETCH_LINK * (count - 1)) // count)
    lines = _sketch_chain([*chains[0], *end], wide)
    for chain in chains[1:]:
        lines += _sketch_chain([*chain, *end[:1]], wide)
    return [*lines, ""]


def tell(chain: Sequence[Station]) -> str:
    """The chain as one sentence: 'From process 101 to its buffer; nothing gets from there to …'."""
    text = "From "
    for index, station in enumerate(chain):
        if index:
            text += "; nothing gets from there to " if chain[index - 1].cut else " to "
        text += station.title + (f" ({', '.join(station.lines)})" if station.lines else "")
    return text + "."


def _draw_chain(
    canvas: Canvas, chain: Sequence[Station], left: float, y: float, wide: float
) -> None:
    x = left
    for index, station in enumerate(chain):
        _draw_station(canvas, station, x, y, wide)
        if index + 1 < len(chain):
            _link(canvas, station, x + wide, y + _HEIGHT / 2, y + _HEIGHT / 2)
        x += wide + _LINK


def _link(canvas: Canvas, station: Station, x: float, start: float, end: float) -> None:
    """The way from a station to the next one, with a cross where it is cut."""
    tone = Tone.WRONG if station.cut else Tone.INK
    tip = x + _LINK - 3
    bend = x + _LINK / 2
    data = f"M {x + 2:.1f} {start} C {bend:.1f} {start}, {bend:.1f} {end}, {tip - 8:.1f} {end}"
    canvas.path(data, max(start, end), tone, dashed=station.cut, thick=2)
    canvas.tip((tip, end), -9, tone)
    if station.cut:
        canvas.cross(x + _LINK / 2 - 4, (start + end) / 2, 8)


def _draw_station(canvas: Canvas, station: Station, x: float, y: float, wide: float) -> None:
    tone = Tone.WRONG if station.marked else Tone.GONE if station.gone else Tone.INK
    thick = 2.4 if station.marked else 1.5
    dashed = station.gone
    if station.kind == "pipe":
        end, height = 9.0, float(_HEIGHT)
        arc = f"A {end} {height / 2} 0 0 1"
        body = (
            f"M {x + end} {y} H {x + wide - end} {arc} {x + wide - end} {y + height} "
            f"H {x + end} {arc} {x + end} {y} Z"
        )
        canvas.path(body, y + height, tone, fill=0.06, dashed=dashed, thick=thick)
        mouth = f"M {x + end} {y} {arc} {x + end} {y + height}"
        canvas.path(mouth, y + height, tone, dashed=dashed, thick=thick)
    else:
        radius = {"process": 8, "descriptor": 20}.get(station.kind, 2)
        canvas.rectangle(
            x, y, wide, _HEIGHT, tone, fill=0.06, dashed=dashed, thick=thick, radius=radius
        )
    if station.kind == "buffer":
        canvas.hatch(x, y + _HEIGHT - 12, wide, 12.0, tone)
    elif station.kind == "file":
        corner = f"M {x + wide - 16} {y} V {y + 16} H {x + wide}"
        canvas.path(corner, y + 16, tone, thick=1.2)
    indent = 24 if station.kind == "pipe" else 10
    middle, room = x + wide / 2 + (6 if station.kind == "pipe" else 0), wide - indent - 6
    lines = [piece for line in station.lines for piece in fold(line, room, 11)][:_MOST_LINES]
    first = y + (_HEIGHT - _LINE * len(lines)) / 2 + 3
    canvas.text(middle, first, station.title, room, size=13, bold=True, anchor="middle")
    for index, line in enumerate(lines):
        canvas.text(middle, first + 2 + _LINE * (index + 1), line, room, size=11, anchor="middle")


def _sketch_chain(chain: Sequence[Station], wide: int) -> list[str]:
    blocks = [_sketch_station(station, wide) for station in chain]
    height = max(map(len, blocks))
    blocks = [_padded(block, height) for block in blocks]
    rows = []
    for row in range(height):
        line = ""
        for index, block in enumerate(blocks):
            line += block[row]
            if index + 1 < len(blocks):
                arrow = " ─✗─ " if chain[index].cut else " ──▶ "
                line += arrow if row == 1 else " " * _SKETCH_LINK
        rows.append(line.rstrip())
    return rows


def _sketch_station(station: Station, wide: int) -> list[str]:
    inner = wide - 4
    lines = [shorten(station.title, inner)]
    pieces = [piece.strip() for line in station.lines for piece in wrap(line, inner)]
    lines += [shorten(piece, inner) for piece in pieces[:_MOST_LINES]]
    level = "┄" if station.gone else "─"
    body = [f"│ {line}{' ' * (inner - cell_len(line))} │" for line in lines]
    return [f"┌{level * (wide - 2)}┐", *body, f"└{level * (wide - 2)}┘"]


def _padded(block: list[str], height: int) -> list[str]:
    empty = "│" + " " * (cell_len(block[0]) - 2) + "│"
    return [*block[:-1], *[empty] * (height - len(block)), block[-1]]
