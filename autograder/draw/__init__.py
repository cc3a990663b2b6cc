"""Pictures drawn from what was observed: SVG for notebooks, plain text beside each."""

from autograder.draw.drawing import Drawing
from autograder.draw.pictures import draw_finding, draw_findings
from autograder.draw.truth import explain_id
from autograder.draw.waits import describe_picture, draw_picture

__all__ = [
    "Drawing",
    "describe_picture",
    "draw_finding",
    "draw_findings",
    "draw_picture",
    "explain_id",
]
