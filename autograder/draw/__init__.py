"""Pictures drawn from what was observed: SVG for notebooks, plain text beside each."""

from autograder.draw.bars import Bar, draw_amounts
from autograder.draw.curves import draw_curves
from autograder.draw.drawing import Drawing
from autograder.draw.pages import draw_pages
from autograder.draw.pictures import draw_finding, draw_findings
from autograder.draw.truth import explain_id
from autograder.draw.waits import describe_picture, draw_picture

__all__ = [
    "Bar",
    "Drawing",
    "describe_picture",
    "draw_amounts",
    "draw_curves",
    "draw_finding",
    "draw_findings",
    "draw_pages",
    "draw_picture",
    "explain_id",
]
