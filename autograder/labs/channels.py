"""Who holds which end of which pipe, and who waits for whom, as one picture."""

from autograder.draw import Drawing
from autograder.draw.scene import Focus
from autograder.draw.waits import picture_of
from autograder.labs.play import doing
from autograder.labs.stage import Actor, Stage
from autograder.observe import Snapshot, analyse
from autograder.observe.pipes import fill_of
from autograder.sandbox import Picture


def draw_channels(stage: Stage, title: str) -> Drawing:
    """Processes, descriptors and pipes of this moment; who can never go on is marked."""
    snapshot = stage.snapshot()
    known = {actor.pid: _said(snapshot, actor) for actor in stage.actors.values()}
    analysis = analyse(snapshot)
    focus = Focus(fills=_fills(snapshot), doing=known)
    return picture_of(Picture(snapshot), analysis if analysis.stuck else None, title, focus)


def _said(snapshot: Snapshot, actor: Actor) -> str:
    """'the parent: sleeps in read(5)': its role, and what it does."""
    _, _, does = doing(snapshot, actor)[0].partition(": ")
    return f"the {actor.name}: {does}"


def _fills(snapshot: Snapshot) -> dict[str, tuple[int, int | None]]:
    """How full each pipe is, asked at one of its read ends."""
    found: dict[str, tuple[int, int | None]] = {}
    for process in snapshot.living():
        for entry in process.descriptors:
            if entry.fd > 2 and entry.reads and entry.channel and entry.channel not in found:
                fill = fill_of(process.pid, entry.fd)
                if fill is not None:
                    found[entry.channel] = fill.waiting, fill.capacity
    return found
