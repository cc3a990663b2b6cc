"""What a picture is, whoever looks at it."""

from dataclasses import dataclass

from rich.cells import cell_len

from autograder.draw.canvas import Canvas
from autograder.draw.lettering import COLUMNS, clean, wrap


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """One picture: `svg` for a page, `text` for a terminal (at most 80 columns), and its `title`.

    The text holds every word of the SVG's `desc`, and before them a drawing of characters where
    one helps. A notebook that shows a drawing takes the SVG, anything else the text.
    """

    title: str
    svg: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.svg


def finish(
    title: str,
    canvas: Canvas,
    words: list[str],
    art: list[str] | None = None,
    leads: list[str] | None = None,
) -> Drawing:
    """The drawing of a finished canvas, told by `words`.

    `art` is its sketch in characters; `leads` are characters before each line of the words, such
    as the branches of a tree, which are not read out.
    """
    plain = [clean(line) for line in words]
    lines = [clean(line).rstrip() for line in art or ()]
    for lead, line in zip(leads or [""] * len(plain), plain, strict=True):
        first, *rest = wrap(line, COLUMNS - cell_len(lead)) or [""]
        lines += [lead + first, *(" " * cell_len(lead) + more for more in rest)]
    return Drawing(clean(title), canvas.finish(title, "\n".join(plain)), "\n".join(lines))
