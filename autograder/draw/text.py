"""The same picture in words: for terminals, screen readers and the `desc` of the SVG."""

from autograder.draw.scene import Scene, compose
from autograder.observe import Analysis
from autograder.sandbox import Picture


def describe_picture(picture: Picture, analysis: Analysis | None = None) -> str:
    """One line per process and one per descriptor that leads to a pipe, FIFO or socket."""
    return describe(compose(picture, analysis))


def describe(scene: Scene) -> str:
    """The scene as lines of text."""
    lines = []
    for box in scene.boxes:
        state = ", stuck" if box.stuck else ""
        lines.append(f"{box.heading}: {box.doing}{state}")
        for end in box.ends:
            name = f" ({end.name})" if end.name else ""
            arrow = {"r": "reads from", "w": "writes to"}.get(end.access, "reads and writes")
            waits = ", and waits" if end.blocked else ""
            lines.append(f"  descriptor {end.fd}{name} {arrow} {end.channel}{waits}")
    if scene.hidden:
        lines.append(f"and {scene.hidden} more processes")
    return "\n".join(lines)
