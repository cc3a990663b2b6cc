"""Who waits for whom, as one SVG: processes on the left, what they wait on at the right.

Waits can be followed with a finger: a thick dashed arrow leads from the row of the one who waits
to the thing it waits on, and a thick plain one from there to the row of the one who could end the
wait and does not. A parent that waits for a child has its arrow on the left. Thin grey arrows are
descriptors that have no part in it, and point the way that data takes.
"""

from dataclasses import dataclass

from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.glyphs import THING_HEIGHT, draw_thing
from autograder.draw.lettering import extent
from autograder.draw.scene import Box, Role, Row, Scene, Standing

_BOX_WIDTH, _HEAD, _ROW, _GAP = 440, 48, 24, 18
_FOOT = 6
_BETWEEN, _THING_WIDTH, _LANE = 130, 196, 13
_TONES = {
    Standing.CAUSE: (Tone.WRONG, 2.4, False, "■ "),
    Standing.BEHIND: (Tone.WRONG, 1.3, True, "□ "),
    Standing.FREE: (Tone.FINE, 1.3, False, "▶ "),
    Standing.UNKNOWN: (Tone.FINE, 1.3, False, ""),
}
_STROKES = {
    Role.WAITS: (Tone.WRONG, 2.6, True),
    Role.HOLDS: (Tone.HELD, 2.6, False),
    Role.OTHER: (Tone.GONE, 1.2, False),
}
_LEGEND = {
    Role.WAITS: "waits for",
    Role.HOLDS: "could end the wait, and does not",
    Role.OTHER: "way of the data",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line from row `row` of box `box` to a thing."""

    box: int
    row: int
    content: Row
    y: float


def draw(scene: Scene) -> Canvas:
    """The canvas of a scene."""
    return _Diagram(scene).canvas


class _Diagram:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        waits = [row for box in scene.boxes for row in box.rows if row.boxes]
        self.left = MARGIN + (14 + _LANE * len(waits) if waits else 0)
        self.right = self.left + _BOX_WIDTH
        self.thing_left = self.right + _BETWEEN
        width = self.thing_left + _THING_WIDTH if scene.things else self.right
        self.canvas = Canvas(width + MARGIN)
        self.tops = self._tops()
        self.lines = self._lines()
        self.thing_tops = self._thing_tops()
        self._draw_things()
        for box, top in zip(scene.boxes, self.tops, strict=True):
            self._draw_box(box, top)
        self._draw_lines()
        self._draw_child_arrows()
        self._draw_foot()

    # -- places --------------------------------------------------------------------------------

    def _tops(self) -> list[float]:
        tops, y = [], float(MARGIN)
        for box in self.scene.boxes:
            tops.append(y)
            y += _height(box) + _GAP
        return tops

    def _lines(self) -> list[_Line]:
        return [
            _Line(number, index, row, self._row_y(number, index))
            for number, box in enumerate(self.scene.boxes)
            for index, row in enumerate(box.rows)
            if row.thing is not None
        ]

    def _row_y(self, box: int, row: int) -> float:
        return self.tops[box] + _HEAD + _ROW * (row + 0.5)

    def _thing_tops(self) -> dict[int, float]:
        """Each thing beside the middle of its lines, one below the other, so that few cross."""
        wishes = []
        for place in range(len(self.scene.things)):
            ys = [line.y for line in self.lines if line.content.thing == place]
            wishes.append((sum(ys) / len(ys) if ys else float(MARGIN), place))
        return _spread(sorted(wishes))

    # -- drawing -------------------------------------------------------------------------------

    def _draw_things(self) -> None:
        for place, thing in enumerate(self.scene.things):
            draw_thing(self.canvas, thing, self.thing_left, self.thing_tops[place], _THING_WIDTH)

    def _draw_box(self, box: Box, top: float) -> None:
        tone, thick, dashed, mark = _TONES[box.standing]
        canvas, x = self.canvas, self.left
        canvas.rectangle(x, top, _BOX_WIDTH, _height(box), tone, thick=thick, dashed=dashed)
        label = mark + box.standing.value
        taken = 12 + extent(label, 12, bold=True) if label else 0
        canvas.text(x + 10, top + 19, box.heading, _BOX_WIDTH - 20 - taken, size=14, bold=True)
        if label:
            end = x + _BOX_WIDTH - 10
            canvas.text(end, top + 19, label, 150, bold=True, anchor="end")
        canvas.text(x + 10, top + 38, box.doing, _BOX_WIDTH - 20)
        for index, row in enumerate(box.rows):
            self._draw_row(row, top + _HEAD + _ROW * index + 16)
        if box.rest:
            y = top + _height(box) - _FOOT - 8
            canvas.text(x + 20, y, f"… {box.rest}", _BOX_WIDTH - 40)

    def _draw_row(self, row: Row, y: float) -> None:
        room = _BOX_WIDTH - 34 - (extent(row.tag, 12, bold=True) + 8 if row.tag else 0)
        bold = row.role is not Role.OTHER and not row.tag
        self.canvas.text(self.left + 20, y, row.label, room, bold=bold)
        if row.tag:
            self.canvas.text(self.right - 10, y, row.tag, 120, bold=True, anchor="end")

    def _draw_lines(self) -> None:
        for place in range(len(self.scene.things)):
            lines = [line for line in self.lines if line.content.thing == place]
            lines.sort(key=lambda line: (line.content.side, line.y))
            for index, line in enumerate(lines):
                self._draw_line(line, self._landing(place, lines, index))

    def _landing(self, place: int, lines: list[_Line], index: int) -> float:
        """Where on the thing's left edge a line ends; each end of a socket pair has its half."""
        top, height = self.thing_tops[place], float(THING_HEIGHT)
        side = lines[index].content.side
        peers = [other for other in lines if other.content.side == side]
        if side:
            height /= 2
            top += height * (side - 1)
        return top + height * (peers.index(lines[index]) + 1) / (len(peers) + 1)

    def _draw_line(self, line: _Line, landing: float) -> None:
        tone, thick, dashed = _STROKES[line.content.role]
        start, end = self.right + 2.0, self.thing_left - 3.0
        role, flow = line.content.role, line.content.flow
        to_thing = role is Role.WAITS or (role is Role.OTHER and "w" in flow)
        to_box = role is Role.HOLDS or (role is Role.OTHER and "r" in flow)
        first = start + (8 if to_box else 0)
        last = end - (8 if to_thing else 0)
        bend = (start + end) / 2
        data = f"M {first} {line.y} C {bend} {line.y}, {bend} {landing:.1f}, {last} {landing:.1f}"
        bottom = max(line.y, landing)
        self.canvas.path(data, bottom, tone, thick=thick, dashed=dashed)
        if to_thing:
            self.canvas.tip((end, landing), -9, tone)
        if to_box:
            self.canvas.tip((start, line.y), 9, tone)

    def _draw_child_arrows(self) -> None:
        """From the row of a wait for a child around the left to the child's heading."""
        tone, thick, dashed = _STROKES[Role.WAITS]
        lane = 0
        for number, box in enumerate(self.scene.boxes):
            for index, row in enumerate(box.rows):
                if not row.boxes:
                    continue
                lane += 1
                far = self.left - 14.0 - _LANE * lane
                y = self._row_y(number, index)
                for child in row.boxes:
                    target = self.tops[child] + 16 + 5 * (lane % 4)
                    turn = 10.0 if target > y else -10.0
                    data = (
                        f"M {self.left} {y} H {far + 10} Q {far} {y} {far} {y + turn} "
                        f"V {target - turn} Q {far} {target} {far + 10} {target} H {self.left - 10}"
                    )
                    bottom = max(y, target)
                    self.canvas.path(data, bottom, tone, thick=thick, dashed=dashed)
                    self.canvas.tip((self.left - 2.0, target), -9, tone)

    def _draw_foot(self) -> None:
        """What did not fit, and what the lines mean that were drawn."""
        bottoms = [top + _height(box) for top, box in zip(self.tops, self.scene.boxes, strict=True)]
        bottoms += [top + THING_HEIGHT for top in self.thing_tops.values()]
        y = max(bottoms, default=0.0) + 22
        if self.scene.hidden:
            self.canvas.text(self.left, y, f"… {self.scene.hidden}", 600)
            y += 24
        used = {row.role for box in self.scene.boxes for row in box.rows if row.thing is not None}
        used |= {row.role for box in self.scene.boxes for row in box.rows if row.boxes}
        if not used - {Role.OTHER}:
            return
        x = float(self.left)
        for role, text in _LEGEND.items():
            if role in used:
                tone, thick, dashed = _STROKES[role]
                self.canvas.arrow((x, y - 4), (x + 44, y - 4), tone, thick=thick, dashed=dashed)
                self.canvas.text(x + 52, y, text, 260, size=11)
                x += 72 + extent(text, 11)


def _height(box: Box) -> float:
    rows = len(box.rows) + bool(box.rest)
    return _HEAD + _ROW * rows + (_FOOT if rows else 0)


def _spread(wishes: list[tuple[float, int]]) -> dict[int, float]:
    """The upper edges of things that wish their middles somewhere and must not overlap.

    Neighbours that are too near form a block, which stands around the mean of their wishes.
    """
    step = THING_HEIGHT + _GAP
    blocks: list[tuple[float, list[int]]] = []
    for wish, place in wishes:
        middle, places = wish, [place]
        while blocks:
            above, others = blocks[-1]
            if middle - above >= step * (len(places) + len(others)) / 2:
                break
            blocks.pop()
            total = len(places) + len(others)
            middle = (middle * len(places) + above * len(others)) / total
            places = others + places
        middle = max(middle, MARGIN + step * len(places) / 2 - _GAP / 2)
        blocks.append((middle, places))
    return {
        place: middle + step * (index - len(places) / 2) + _GAP / 2
        for middle, places in blocks
        for index, place in enumerate(places)
    }
