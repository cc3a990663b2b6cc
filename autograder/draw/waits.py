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
    named = _named(picture, finding)
    focus = Focus(_cause(analysis, named), named, _fills(finding))
    scene = prune(compose(picture, analysis, focus))
    return finish(TITLE, draw(scene), describe(scene), sketch(scene))


def picture_of(
    picture: Picture,
    analysis: Analysis | None = None,
    title: str = "",
    focus: Focus | None = None,
) -> Drawing:
    """The picture of one moment; `analysis` marks who is stuck, `focus` adds what is known."""
    scene = prune(compose(picture, analysis, focus))
    title = title or "Processes, descriptors and pipes"
    return finish(title, draw(scene), describe(scene), sketch(scene))


def draw_picture(picture: Picture, analysis: Analysis | None = None, title: str = "") -> str:
    """The SVG text of a picture; `analysis` marks who is stuck."""
    return picture_of(picture, analysis, title).svg


def describe_picture(picture: Picture, analysis: Analysis | None = None) -> str:
    """The same picture in words: one line per process and one per descriptor or wait."""
    return "\n".join(describe(prune(compose(picture, analysis))))


def _named(picture: Picture, finding: Finding) -> tuple[int, ...]:
    """The observer's pids of those that the finding names: who waits, who holds, the whole ring."""
    facts = finding.evidence
    ring = facts.get("ring")
    inner = [facts.get("pid"), facts.get("holder"), *(ring if isinstance(ring, list) else ())]
    pids = {process.inner: process.pid for process in picture.snapshot.living()}
    wanted = [number for number in inner if type(number) is int and number in pids]
    return tuple(dict.fromkeys(pids[number] for number in wanted))


def _cause(analysis: Analysis | None, named: tuple[int, ...]) -> tuple[int, ...]:
    """The pids of the finding's own group; else of all groups."""
    if analysis is None:
        return ()
    for group in analysis.causes:
        if named and named[0] in group:
            return tuple(sorted(group))
    return tuple(sorted(frozenset().union(*analysis.causes)))


def _fills(finding: Finding) -> dict[str, tuple[int, int | None]]:
    channel, fill = finding.evidence.get("channel"), finding.evidence.get("fill")
    if not isinstance(channel, str) or type(fill) is not int:
        return {}
    capacity = finding.evidence.get("capacity")
    return {channel: (fill, capacity if type(capacity) is int and capacity > 0 else None)}
