"""Pictures drawn from what was observed: SVG for notebooks, plain text beside each."""

from autograder.draw.diagram import draw_picture
from autograder.draw.text import describe_picture

__all__ = ["describe_picture", "draw_picture"]
