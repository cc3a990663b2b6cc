"""A scene in words, for terminals, screen readers and the `desc` of the SVG; and as a sketch."""

from rich.cells import cell_len

from autograder.draw.lettering import COLUMNS, shorten
from autograder.draw.scene import Box, Role, Row, Scene, Standing
from autograder.draw.things import Thing

_MARKS = {Standing.CAUSE: ", stuck", Standing.BEHIND: ", stuck behind them"}
_MOST_STEPS = 16
_NOBODY = {"semaphore": "nobody releases it", "queue": "nobody sends one"}
_POSSESSION = {"semaphore": "used it last", "lock": "has it"}


def describe(scene: Scene) -> list[str]:
    """One line per process, one per descriptor or wait, one per thing whose content is known."""
    lines = []
    for box in scene.boxes:
        lines.append(f"{box.heading}: {box.doing}{_MARKS.get(box.standing, '')}")
        lines += [f"  {row.words}" for row in box.rows]
        lines += [f"  {box.rest}"] if box.rest else []
    if scene.hidden:
        lines.append(scene.hidden)
    for thing in scene.things:
        if thing.note:
            lines.append(f"{_capital(thing.name)}: {thing.note}")
    return lines


def sketch(scene: Scene) -> list[str]:
    """Who waits for whom, one arrow each: waiter, thing, and who could end the wait.

    process 101 ── waits ──▶ pipe A ◀── keeps it open ── process 100
    """
    steps = _child_steps(scene) + _thing_steps(scene)
    first = max((cell_len(step[0]) for step in steps), default=0)
    second = max((cell_len(step[2]) for step in steps if step[3]), default=0)
    lines = []
    for waiter, verb, target, back in steps:
        line = f"{waiter:<{first}} ── {verb} ──▶ {target}"
        if back:
            line += " " * (second - cell_len(target)) + f" ◀── {back}"
        lines.append(shorten(line, COLUMNS))
    lines = list(dict.fromkeys(lines))[:_MOST_STEPS]
    return [*lines, ""] if lines else []


def _child_steps(scene: Scene) -> list[tuple[str, str, str, str]]:
    return [
        (box.short, "waits for the end of", scene.boxes[child].short, "")
        for box in scene.boxes
        if box.standing is Standing.CAUSE
        for row in box.rows
        for child in row.boxes
    ]


def _thing_steps(scene: Scene) -> list[tuple[str, str, str, str]]:
    steps = []
    for box in scene.boxes:
        if box.standing is not Standing.CAUSE:
            continue
        for row in box.rows:
            if row.role is not Role.WAITS or row.thing is None:
                continue
            thing = scene.things[row.thing]
            nobody = "nobody opens the other side" if thing.closed else _NOBODY.get(thing.kind, "")
            for back in _holders(scene, row, box) or [nobody]:
                steps.append((box.short, "waits", _short(thing), back))
    return steps


def _holders(scene: Scene, wait: Row, waiter: Box) -> list[str]:
    """What those do who could end a wait on a thing, at most three: 'has it ── process 3'."""
    found = []
    for box in scene.boxes:
        for row in box.rows:
            if row.thing != wait.thing or wait.thing is None:
                continue
            kind = scene.things[wait.thing].kind
            itself = (" itself" if box.short[0] == "p" else " themselves") if box is waiter else ""
            if row.role is Role.HOLDS:
                found.append(f"{row.tag or _POSSESSION[kind]} ── {box.short}{itself}")
            elif row.role is Role.WAITS and kind == "socket" and row.side != wait.side:
                found.append(f"waits too ── {box.short}{itself}")
    return list(dict.fromkeys(found))[:3]


def _short(thing: Thing) -> str:
    return shorten(thing.name.replace("a semaphore or lock in shared memory", "a shared lock"), 22)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
