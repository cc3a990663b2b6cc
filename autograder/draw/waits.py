"""The picture of a wait that nobody ends, and of any moment with processes and pipes."""

from autograder.checks import Finding, Run
from autograder.draw.diagram import draw
from autograder.draw.drawing import Drawing, finish
from autograder.draw.pruning import prune
from autograder.draw.scene import Focus, compose
from autograder.draw.text import describe, sketch
from autograder.observe import Analysis
from autograder.sandbox import Picture

TITLE = "Who waits for whom"


def draw_waits(run: Run, finding: Finding) -> Drawing | None:
    """Processes, descriptors and pipes when the run was ended; the finding's own group stands out.

    None when nobody was left to be drawn. Reads `pid`, `channel`, `fill` and `capacity` (bytes) of
    the finding's evidence.
    """
    picture, analysis = run.evidence.stuck, run.evidence.analysis
    if picture is None or not picture.snapshot.living():
        return None
    focus = Focus(_cause(picture, analysis, finding), _fills(finding))
    scene = prune(compose(picture, analysis, focus))
    return finish(TITLE, draw(scene), describe(scene), sketch(scene))


def picture_of(picture: Picture, analysis: Analysis | None = None, title: str = "") -> Drawing:
    """The picture of one moment; `analysis` marks who is stuck."""
    scene = prune(compose(picture, analysis))
    title = title or "Processes, descriptors and pipes"
    return finish(title, draw(scene), describe(scene), sketch(scene))


def draw_picture(picture: Picture, analysis: Analysis | None = None, title: str = "") -> str:
    """The SVG text of a picture; `analysis` marks who is stuck."""
    return picture_of(picture, analysis, title).svg


def describe_picture(picture: Picture, analysis: Analysis | None = None) -> str:
    """The same picture in words: one line per process and one per descriptor or wait."""
    return "\n".join(describe(prune(compose(picture, analysis))))


def _cause(picture: Picture, analysis: Analysis | None, finding: Finding) -> tuple[int, ...]:
    """The pids of the finding's own group, the one it names first; else of all groups."""
    if analysis is None:
        return ()
    named = finding.evidence.get("pid")
    for group in analysis.causes:
        for pid in group:
            process = picture.snapshot.processes.get(pid)
            if process is not None and process.inner == named:
                return (pid, *sorted(group - {pid}))
    return tuple(sorted(frozenset().union(*analysis.causes)))


def _fills(finding: Finding) -> dict[str, tuple[int, int | None]]:
    channel, fill = finding.evidence.get("channel"), finding.evidence.get("fill")
    if not isinstance(channel, str) or type(fill) is not int:
        return {}
    capacity = finding.evidence.get("capacity")
    return {channel: (fill, capacity if type(capacity) is int and capacity > 0 else None)}
