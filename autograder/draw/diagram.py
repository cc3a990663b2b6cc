"""Processes, their descriptors and the pipes between them, as one SVG.

Processes stand on the left, pipes on the right. An arrow into a pipe is a write end, an arrow
out of it a read end; the end on which a process waits is a thick dashed line. Shape tells what
colour tells, text takes the page's own colour, so light and dark themes both work.
"""

from html import escape

from autograder.draw.scene import Box, End, Scene, compose
from autograder.draw.text import describe
from autograder.observe import Analysis
from autograder.sandbox import Picture

_BOX_WIDTH, _HEAD, _ROW, _GAP = 390, 44, 24, 18
_PIPE_LEFT, _PIPE_WIDTH, _PIPE_HEIGHT = 560, 150, 34
_MARGIN = 12
_STUCK, _FREE = "#d1495b", "#3a86c8"


def draw_picture(picture: Picture, analysis: Analysis | None = None, title: str = "") -> str:
    """The SVG text of a picture; `analysis` marks who is stuck."""
    return draw(compose(picture, analysis), title or "Processes, descriptors and pipes")


def draw(scene: Scene, title: str) -> str:
    """The SVG text of a scene."""
    tops = _tops(scene)
    bottom = tops[-1] if tops else _MARGIN
    places = _pipe_places(scene, bottom)
    height = max([bottom, *(y + _PIPE_HEIGHT + _GAP for y in places.values())])
    parts = [_pipe(name, y) for name, y in places.items()]
    for box, top in zip(scene.boxes, tops, strict=False):
        parts.append(_process(box, top))
        for row, end in enumerate(box.ends):
            parts.append(_line(end, top + _HEAD + row * _ROW + _ROW // 2, places))
    if scene.hidden:
        parts.append(_text(_MARGIN, height + 12, f"… and {scene.hidden} more processes", 12))
        height += 22
    width = _PIPE_LEFT + _PIPE_WIDTH + _MARGIN if places else _BOX_WIDTH + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" style="max-width:100%;height:auto" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif">'
        f"<title>{escape(title)}</title><desc>{escape(describe(scene))}</desc>"
        f"{''.join(parts)}</svg>"
    )


def _tops(scene: Scene) -> list[int]:
    """The upper edge of each box, and below the last one the end of the column."""
    tops, y = [], _MARGIN
    for box in scene.boxes:
        tops.append(y)
        y += _HEAD + _ROW * len(box.ends) + _GAP
    return [*tops, y]


def _pipe_places(scene: Scene, bottom: int) -> dict[str, int]:
    if not scene.channels:
        return {}
    step = max(_PIPE_HEIGHT + _GAP, (bottom - _MARGIN) // len(scene.channels))
    first = _MARGIN + max(0, (step - _PIPE_HEIGHT) // 2)
    return {name: first + step * index for index, name in enumerate(scene.channels)}


def _process(box: Box, top: int) -> str:
    height = _HEAD + _ROW * len(box.ends)
    colour = _STUCK if box.stuck else _FREE
    mark = "■ stuck" if box.stuck else "▶"
    parts = [
        f'<rect x="{_MARGIN}" y="{top}" width="{_BOX_WIDTH}" height="{height}" rx="8" '
        f'fill="{colour}" fill-opacity="0.10" stroke="{colour}" stroke-width="1.5"/>',
        _text(_MARGIN + 10, top + 18, box.heading, 14, weight="bold"),
        _text(_MARGIN + 10, top + 36, box.doing, 12),
        f'<text x="{_MARGIN + _BOX_WIDTH - 10}" y="{top + 18}" font-size="12" '
        f'text-anchor="end" fill="{colour}" font-weight="bold">{mark}</text>',
    ]
    for row, end in enumerate(box.ends):
        y = top + _HEAD + row * _ROW + 16
        access = {"r": "read end", "w": "write end"}.get(end.access, "both ends")
        name = f" ({end.name})" if end.name else ""
        parts.append(_text(_MARGIN + 24, y, f"{end.fd}{name}: {access} of {end.channel}", 12))
    return "".join(parts)


def _pipe(name: str, y: int) -> str:
    middle = _PIPE_LEFT + _PIPE_WIDTH // 2
    return (
        f'<rect x="{_PIPE_LEFT}" y="{y}" width="{_PIPE_WIDTH}" height="{_PIPE_HEIGHT}" '
        f'rx="{_PIPE_HEIGHT // 2}" fill="currentColor" fill-opacity="0.06" '
        f'stroke="currentColor" stroke-width="1.5"/>'
        f'<text x="{middle}" y="{y + 22}" font-size="13" text-anchor="middle" '
        f'fill="currentColor">{escape(_short(name, 22))}</text>'
    )


def _line(end: End, y: int, places: dict[str, int]) -> str:
    left, right = _MARGIN + _BOX_WIDTH, _PIPE_LEFT
    target = places[end.channel] + _PIPE_HEIGHT // 2
    target += -7 if "w" in end.access else 7
    bend = (left + right) // 2
    colour = _STUCK if end.blocked else "currentColor"
    style = 'stroke-width="3" stroke-dasharray="7 4"' if end.blocked else 'stroke-width="1.3"'
    path = f"M {left + 8} {y} C {bend} {y}, {bend} {target}, {right - 8} {target}"
    line = f'<path d="{path}" fill="none" stroke="{colour}" {style}/>'
    if "w" in end.access:
        line += _head(right - 2, target, -9, colour)
    if "r" in end.access:
        line += _head(left + 2, y, 9, colour)
    if end.blocked:
        line += (
            f'<text x="{left + 14}" y="{y - 6}" font-size="11" font-weight="bold" '
            f'fill="{colour}">waits</text>'
        )
    return line


def _head(x: int, y: int, back: int, colour: str) -> str:
    """An arrowhead with its tip at (x, y). Not an SVG marker: those go by ids, which two pictures
    on one page would share."""
    corners = f"{x},{y} {x + back},{y - 5} {x + back},{y + 5}"
    return f'<polygon points="{corners}" fill="{colour}"/>'


def _text(x: int, y: int, text: str, size: int, weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" '
        f'fill="currentColor">{escape(_short(text, 62))}</text>'
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
