"""A scene with more lines than an eye can follow, cut down to those that tell the story.

Twenty children that each inherit forty pipe ends give hundreds of lines. Each thing then keeps
its waits and the two nearest of those who could end them; the rest is counted, not drawn.
"""

from collections import Counter
from dataclasses import replace

from autograder.draw.scene import Box, Role, Row, Scene

MOST_LINES = 14
_HOLDERS = 2


def prune(scene: Scene) -> Scene:
    """The scene itself when it is small; else without the lines that matter least."""
    lines = sum(row.thing is not None for box in scene.boxes for row in box.rows)
    if lines > MOST_LINES:
        kept = _kept_holders(scene)
        boxes = tuple(_cut(box, number, kept) for number, box in enumerate(scene.boxes))
        scene = replace(scene, boxes=boxes)
    return _without_loose_things(scene)


def _kept_holders(scene: Scene) -> set[tuple[int, int | None]]:
    """(box, thing) of the holders to show: those that the finding names, then the nearest.

    The nearest of all is the one who waits on the thing itself.
    """
    waiters: dict[int | None, list[int]] = {}
    for number, row in _rows(scene, Role.WAITS):
        waiters.setdefault(row.thing, []).append(number)
    kept: set[tuple[int, int | None]] = set()
    count: Counter[int | None] = Counter()
    holders = [(number, row.thing) for number, row in _rows(scene, Role.HOLDS)]

    def rank(pair: tuple[int, int | None]) -> tuple[bool, int]:
        number, thing = pair
        distance = min((abs(number - waiter) for waiter in waiters.get(thing, ())), default=0)
        return not scene.boxes[number].named, distance

    holders.sort(key=rank)
    for number, thing in dict.fromkeys(holders):
        if count[thing] < _HOLDERS:
            count[thing] += 1
            kept.add((number, thing))
    return kept


def _rows(scene: Scene, role: Role) -> list[tuple[int, Row]]:
    return [
        (number, row)
        for number, box in enumerate(scene.boxes)
        for row in box.rows
        if row.role is role and row.thing is not None
    ]


def _cut(box: Box, number: int, kept: set[tuple[int, int | None]]) -> Box:
    rows = [
        row
        for row in box.rows
        if row.role is Role.WAITS or (row.role is Role.HOLDS and (number, row.thing) in kept)
    ]
    return box.keeping(rows)


def _without_loose_things(scene: Scene) -> Scene:
    """Things that no line leads to are left out; the places of the others move up."""
    used = sorted({row.thing for box in scene.boxes for row in box.rows if row.thing is not None})
    places = {old: new for new, old in enumerate(used)}
    boxes = tuple(
        replace(
            box,
            rows=tuple(
                row if row.thing is None else replace(row, thing=places[row.thing])
                for row in box.rows
            ),
        )
        for box in scene.boxes
    )
    return replace(scene, boxes=boxes, things=tuple(scene.things[place] for place in used))
