"""One SVG, built from a few shapes that look right on white and on dark pages.

Built with the standard library's ElementTree, which escapes every text and attribute and closes
every tag. There are no ids (two pictures on one page would share them), no style sheets and no
scripts: arrowheads are polygons and hatching is drawn line by line. Text has the page's own
colour; the tones of lines and shapes have a contrast of 3 to 1 or more on white and on #111
(WCAG 2.1, 1.4.11), and each tone comes with a shape, a dash or a word that says the same.
"""

from enum import Enum
from xml.etree import ElementTree

from autograder.draw.lettering import clean, fit

MARGIN = 12
_MOST_SHAPES = 4000


class Tone(Enum):
    """What a colour stands for; the value is the colour."""

    WRONG = "#d1495b"
    HELD = "#b8741a"
    FINE = "#3a86c8"
    GONE = "#7f7f7f"
    INK = "currentColor"


class Canvas:
    """Shapes at (x, y) in pixels from the upper left corner; the height follows from them."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._root = ElementTree.Element("svg")
        self._bottom = 0.0
        self._shapes = 0

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        tone: Tone = Tone.INK,
        *,
        fill: float = 0.08,
        dashed: bool = False,
        thick: float = 1.5,
        radius: float = 8,
    ) -> None:
        """A box with a tinted inside; `fill` is the opacity of the tint."""
        radius = min(radius, width / 2, height / 2)
        corners: dict[str, object] = {
            "x": x,
            "y": y,
            "width": width,
            "height": height,
            "rx": radius,
        }
        self._shape("rect", y + height, corners, tone, fill, dashed, thick)

    def path(
        self,
        data: str,
        bottom: float,
        tone: Tone = Tone.INK,
        *,
        fill: float = 0.0,
        dashed: bool = False,
        thick: float = 1.5,
    ) -> None:
        """A path in SVG's own words; `bottom` is its lowest y."""
        self._shape("path", bottom, {"d": data}, tone, fill, dashed, thick)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        tone: Tone = Tone.INK,
        *,
        dashed: bool = False,
        thick: float = 1.5,
    ) -> None:
        """A straight line."""
        data = f"M {_number(start[0])} {_number(start[1])} L {_number(end[0])} {_number(end[1])}"
        self.path(data, max(start[1], end[1]), tone, dashed=dashed, thick=thick)

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        tone: Tone = Tone.INK,
        *,
        dashed: bool = False,
        thick: float = 2.0,
    ) -> None:
        """A straight, level arrow from `start` to its tip at `end`."""
        back = -8 if end[0] > start[0] else 8
        self.line(start, (end[0] + back, end[1]), tone, dashed=dashed, thick=thick)
        self.tip(end, back, tone)

    def tip(self, at: tuple[float, float], back: float, tone: Tone = Tone.INK) -> None:
        """An arrowhead with its tip at `at`; `back` is where its shaft is: left -9, right 9."""
        x, y = at
        points = ((x, y), (x + back, y - 5), (x + back, y + 5))
        corners = " ".join(f"{_number(a)},{_number(b)}" for a, b in points)
        self._add("polygon", y + 5, {"points": corners, "fill": tone.value})

    def cross(self, x: float, y: float, size: float = 7, tone: Tone = Tone.WRONG) -> None:
        """A cross with its middle at (x, y): not possible, lost, cut."""
        for rise in (size, -size):
            self.line((x - size, y - rise), (x + size, y + rise), tone, thick=3)

    def hatch(self, x: float, y: float, width: float, height: float, tone: Tone) -> None:
        """Slanting lines within a box, for what is marked by more than its colour."""
        step, at = 8.0, 8.0
        while at < width + height:
            start = (x + min(at, width), y + max(0.0, at - width))
            end = (x + max(0.0, at - height), y + min(at, height))
            self.line(start, end, tone, thick=1.2)
            at += step

    def text(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        *,
        size: float = 12,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line of text, its base line at `y`, cut to `room` pixels; nothing for no text."""
        if not text:
            return
        values = {"x": x, "y": y, "font-size": size, "fill": Tone.INK.value}
        if bold:
            values["font-weight"] = "bold"
        if anchor != "start":
            values["text-anchor"] = anchor
        element = self._add("text", y + size / 3, values)
        if element is not None:
            element.text = fit(text, room, size, bold)

    def finish(self, title: str, words: str) -> str:
        """The SVG text, named by `title` and told by `words` to those who do not see it."""
        height = self._bottom + MARGIN
        size = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {self.width} {_number(height)}",
            "width": str(self.width),
            "style": "max-width:100%;height:auto",
            "role": "img",
            "aria-label": clean(title),
            "font-family": "sans-serif",
        }
        for key, value in size.items():
            self._root.set(key, value)
        for place, (tag, text) in enumerate(
            (("title", clean(title)), ("desc", clean(words, "\n")))
        ):
            element = ElementTree.Element(tag)
            element.text = text
            self._root.insert(place, element)
        return ElementTree.tostring(self._root, encoding="unicode")

    def _shape(
        self,
        tag: str,
        bottom: float,
        values: dict[str, object],
        tone: Tone,
        fill: float,
        dashed: bool,
        thick: float,
    ) -> None:
        values |= {"stroke": tone.value, "stroke-width": thick, "fill": "none"}
        if fill:
            values |= {"fill": tone.value, "fill-opacity": fill}
        if dashed:
            values["stroke-dasharray"] = "7 4"
        self._add(tag, bottom + thick / 2, values)

    def _add(
        self, tag: str, bottom: float, values: dict[str, object]
    ) -> ElementTree.Element | None:
        """One element; beyond a bound that no honest picture reaches, nothing more is drawn."""
        self._shapes += 1
        if self._shapes > _MOST_SHAPES:
            return None
        self._bottom = max(self._bottom, bottom)
        texts = {key: _number(value) for key, value in values.items()}
        return ElementTree.SubElement(self._root, tag, texts)


def _number(value: object) -> str:
    """A number with at most two digits behind the point; anything else as it is."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
