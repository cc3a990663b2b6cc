"""What must hold of every picture, whatever it shows."""

import re
from xml.etree import ElementTree

from rich.cells import cell_len

from autograder.draw import Drawing
from autograder.draw.canvas import Tone
from autograder.draw.lettering import COLUMNS, extent

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"title", "desc", "rect", "path", "polygon", "text"}
COLOURS = {"none", *(tone.value for tone in Tone)}
MOST_BYTES, MOST_HEIGHT = 60_000, 2_400
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]")


def parse(drawing: Drawing) -> ElementTree.Element:
    """The picture as XML, after all that must hold of any."""
    root = ElementTree.fromstring(drawing.svg)
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == drawing.title
    assert root[1].tag == f"{SVG}desc"
    _assert_told_alike(root[1].text or "", drawing.text)
    _assert_plain(root)
    _assert_inside(root)
    assert len(drawing.svg) <= MOST_BYTES
    for text in (drawing.title, drawing.svg, drawing.text):
        assert not CONTROL.search(text)
    assert all(cell_len(line) <= COLUMNS for line in drawing.text.splitlines())
    return root


def _assert_told_alike(description: str, text: str) -> None:
    """The text has every word of the description, in its order."""
    assert description.strip()
    words = iter("".join(text.split()).replace("─", "").replace("│", ""))
    assert all(letter in words for letter in "".join(description.split()) if letter not in "─│")


def _assert_plain(root: ElementTree.Element) -> None:
    """Shapes and text alone, in known colours; text in the colour of the page."""
    for element in root:
        assert element.tag.removeprefix(SVG) in SHAPES
        assert "id" not in element.attrib
        assert not [key for key in element.attrib if key.startswith("on") or "href" in key]
        assert {element.get("fill", "none"), element.get("stroke", "none")} <= COLOURS
        if element.tag == f"{SVG}text":
            assert element.get("fill") == "currentColor"


def _assert_inside(root: ElementTree.Element) -> None:
    """Nothing is cut off at an edge, and the whole is no taller than a few screens."""
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    assert height <= MOST_HEIGHT
    for element in root:
        right, bottom = 0.0, 0.0
        if element.tag == f"{SVG}rect":
            right = float(element.get("x", 0)) + float(element.get("width", 0))
            bottom = float(element.get("y", 0)) + float(element.get("height", 0))
        elif element.tag == f"{SVG}text":
            wide = extent(element.text or "", float(element.get("font-size", 12)))
            share = {"start": 1.0, "middle": 0.5, "end": 0.0}[element.get("text-anchor", "start")]
            right = float(element.get("x", 0)) + wide * share
            bottom = float(element.get("y", 0))
            assert float(element.get("x", 0)) - wide * (1 - share) >= 0
        assert right <= width
        assert bottom <= height


def texts(root: ElementTree.Element) -> list[str]:
    """Every text that stands in the picture."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]
