"""The family of a run's processes: zombies, orphans, children that ran on, fork bombs."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.bars import WIDTH, Bar, draw_bars, sketch_bars
from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import Drawing, finish
from autograder.draw.lettering import shorten

MOST_BOXES = 10
_INDENT, _BOX_WIDTH, _BOX_HEIGHT, _STEP, _DEEPEST = 44, 230, 38, 56, 6
_MOST_GENERATIONS = 12


class Fate(Enum):
    """What became of a process, in the words of the picture."""

    ZOMBIE = "zombie: ended, and nobody waited for it"
    ORPHAN = "orphan: outlived the first process"
    RAN_ON = "came back from the function, as if it were the parent"
    FIRST = "the first process"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One process of the family, with pids as getpid shows them, and what became of it."""

    pid: int
    parent: int
    command: str
    fate: Fate

    @property
    def name(self) -> str:
        """'process 101', with the program where it is not Python."""
        plain = not self.command or self.command.startswith("python")
        return f"process {self.pid}" + ("" if plain else f", {shorten(self.command, 16)}")


def draw_tree(run: Run, finding: Finding) -> Drawing | None:
    """The processes of a run, each below its parent; None when none of them is known.

    All processes that share the finding's fault are marked, so that it needs only one picture.
    """
    family = _family(run, finding)
    if not any(member.fate not in (Fate.PLAIN, Fate.FIRST) for member in family.values()):
        return None
    order = _in_order(family)
    shown = _cut(order, family)
    canvas = Canvas(WIDTH)
    ys: dict[int, float] = {}
    for index, (member, depth) in enumerate(shown):
        y = ys[member.pid] = MARGIN + _STEP * float(index)
        _draw_member(canvas, member, depth, y)
        if member.parent in ys:
            _draw_branch(canvas, member, depth, ys[member.parent], y)
    left = len(order) - len(shown)
    words = [_tell(member) for member, _ in shown]
    leads = [_lead(shown, index) for index in range(len(shown))]
    if left:
        rest = f"and {left} more processes"
        canvas.text(MARGIN, MARGIN + _STEP * len(shown) + 8, f"… {rest}", 400)
        words.append(rest)
        leads.append("")
    return finish("Processes, each below its parent", canvas, words, None, leads)


def draw_fork_bomb(run: Run, finding: Finding) -> Drawing | None:
    """How many processes each generation had, and all together beside the limit."""
    family = _family(run, finding)
    sizes = Counter(depth for _, depth in _in_order(family))
    reached = facts.number(finding, "reached") or run.evidence.most_processes
    allowed = facts.number(finding, "allowed")
    if not reached and not sizes:
        return None
    canvas, words, art, top = Canvas(WIDTH), [], [], float(MARGIN) + 8
    if reached:
        text = f"{reached:,} at once"
        full = max(reached, allowed or 0) * 1.05
        total = [Bar("processes", reached, text, marked=True)]
        top = draw_bars(canvas, top, total, full, allowed) + 14
        art += sketch_bars(total, full, allowed)
        limit = f"; the limit is {allowed:,}" if allowed else ""
        words.append(f"{reached:,} processes at once{limit}.")
    if len(sizes) > 1:
        bars = _generations(sizes)
        canvas.text(MARGIN, top + 6, "Seen, by generation:", 300, bold=True)
        draw_bars(canvas, top + 20, bars, max(bar.amount for bar in bars))
        art += sketch_bars(bars, max(bar.amount for bar in bars))
        counts = ", ".join(f"{bar.label} {int(bar.amount):,}" for bar in bars)
        words.append(f"Seen, by generation: {counts}.")
    return finish("Processes, by generation", canvas, words, art)


def _generations(sizes: Counter[int]) -> list[Bar]:
    names = {0: "first process", 1: "its children", 2: "grandchildren"}
    bars = []
    for depth in sorted(sizes)[:_MOST_GENERATIONS]:
        count = sizes[depth]
        text = f"{count:,} process" + ("es" if count != 1 else "")
        bars.append(Bar(names.get(depth, f"generation {depth}"), count, text))
    return bars


# -- who belongs to the family ---------------------------------------------------------------------


def _family(run: Run, finding: Finding) -> dict[int, Member]:
    """Everybody that was seen, born, or is named by the finding, by pid."""
    evidence = run.evidence
    people: dict[int, tuple[int, str]] = {}
    # Who was seen late may have been given to init by then: its birth tells the true parent.
    born = dict(evidence.born.values())
    for pid, parent, command, _ in evidence.seen.values():
        people.setdefault(pid, (born.get(pid, parent), command))
    for pid, parent in born.items():
        people.setdefault(pid, (parent, ""))
    for pid, (parent, command) in evidence.zombies.items():
        people.setdefault(pid, (parent, command))
    named = facts.number(finding, "pid")
    if named:
        parent = facts.number(finding, "parent") or 0
        people.setdefault(named, (parent, facts.string(finding, "command")))
    people.pop(0, None)
    fates = _fates(run, finding)
    return {
        pid: Member(pid, parent if parent != pid else 0, command, fates.get(pid, Fate.PLAIN))
        for pid, (parent, command) in people.items()
    }


def _fates(run: Run, finding: Finding) -> dict[int, Fate]:
    evidence = run.evidence
    fates = {evidence.first_inner: Fate.FIRST}
    if finding.id == "zombie":
        fates |= dict.fromkeys(evidence.zombies.keys() - set(evidence.ran_on), Fate.ZOMBIE)
    elif finding.id == "child-ran-on":
        fates |= dict.fromkeys(evidence.ran_on, Fate.RAN_ON)
    elif finding.id == "orphan":
        stuck = evidence.analysis.stuck if evidence.analysis else frozenset()
        left = [pid for pid in evidence.orphans if pid in evidence.seen and pid not in stuck]
        fates |= {evidence.seen[pid][0]: Fate.ORPHAN for pid in left}
    own = {"zombie": Fate.ZOMBIE, "orphan": Fate.ORPHAN, "child-ran-on": Fate.RAN_ON}
    named = facts.number(finding, "pid")
    if named and finding.id in own:
        fates[named] = own[finding.id]
    return fates


def _in_order(family: dict[int, Member]) -> list[tuple[Member, int]]:
    """Everybody with their generation, children right behind their parent. No recursion: a fork
    bomb may be hundreds of generations deep."""
    children: dict[int, list[Member]] = {}
    for member in family.values():
        children.setdefault(member.parent if member.parent in family else 0, []).append(member)
    order: list[tuple[Member, int]] = []
    queue = [(member, 0) for member in sorted(children.get(0, []), key=_youngest_first)]
    while queue:
        member, depth = queue.pop()
        order.append((member, depth))
        following = sorted(children.get(member.pid, []), key=_youngest_first)
        queue += [(child, depth + 1) for child in following]
    return order


def _youngest_first(member: Member) -> int:
    return -member.pid


def _cut(order: list[tuple[Member, int]], family: dict[int, Member]) -> list[tuple[Member, int]]:
    """At most `MOST_BOXES`: those with a fate and their forebears first."""
    if len(order) <= MOST_BOXES:
        return order
    chosen: dict[int, None] = {}
    for plain_too in (False, True):
        for member, _ in order:
            if member.fate is Fate.PLAIN and not plain_too:
                continue
            line = _line(member, family)
            fresh = [pid for pid in line if pid not in chosen]
            if len(chosen) + len(fresh) <= MOST_BOXES:
                chosen |= dict.fromkeys(fresh)
    return [(member, depth) for member, depth in order if member.pid in chosen]


def _line(member: Member, family: dict[int, Member]) -> list[int]:
    """A member and its parents, at most as many as fit."""
    line: list[int] = []
    at: Member | None = member
    while at is not None and at.pid not in line and len(line) < MOST_BOXES:
        line.append(at.pid)
        at = family.get(at.parent)
    return line


# -- drawing ---------------------------------------------------------------------------------------


def _draw_member(canvas: Canvas, member: Member, depth: int, y: float) -> None:
    x = float(_left(depth))
    tone, dashed, thick = {
        Fate.ZOMBIE: (Tone.WRONG, True, 2.0),
        Fate.ORPHAN: (Tone.WRONG, False, 2.4),
        Fate.RAN_ON: (Tone.WRONG, False, 2.4),
        Fate.FIRST: (Tone.GONE, False, 1.5),
        Fate.PLAIN: (Tone.GONE, False, 1.5),
    }[member.fate]
    canvas.rectangle(x, y, _BOX_WIDTH, _BOX_HEIGHT, tone, dashed=dashed, thick=thick)
    indent = 12
    if member.fate is Fate.ZOMBIE:
        canvas.cross(x + 20, y + _BOX_HEIGHT / 2, 6)
        indent = 36
    elif member.fate in (Fate.ORPHAN, Fate.RAN_ON):
        middle = y + _BOX_HEIGHT / 2
        canvas.path(
            f"M {x + 14} {middle - 7} V {middle + 7} L {x + 26} {middle} Z", y, tone, fill=1
        )
        indent = 36
    room = _BOX_WIDTH - indent - 10
    canvas.text(x + indent, y + 24, member.name, room, size=13, bold=True)
    start = x + _BOX_WIDTH + 14
    canvas.text(start, y + 24, member.fate.value, WIDTH - start - MARGIN)


def _draw_branch(canvas: Canvas, member: Member, depth: int, above: float, y: float) -> None:
    """From the parent's box to the child's; cut through where the parent is gone."""
    x, middle = _left(depth) - _INDENT / 2, y + _BOX_HEIGHT / 2
    orphan = member.fate is Fate.ORPHAN
    data = f"M {x} {above + _BOX_HEIGHT} V {middle} H {_left(depth)}"
    canvas.path(data, middle, Tone.GONE, dashed=orphan)
    if orphan:
        for shift in (-4.0, 3.0):
            at = x + _INDENT / 4 + shift
            canvas.line((at - 4, middle + 9), (at + 4, middle - 9), Tone.WRONG, thick=2.4)


def _left(depth: int) -> int:
    return MARGIN + _INDENT * min(depth, _DEEPEST)


def _tell(member: Member) -> str:
    parent = f" (child of process {member.parent})" if member.parent > 1 else ""
    fate = f": {member.fate.value}" if member.fate.value else ""
    return f"{member.name}{parent}{fate}"


def _lead(shown: list[tuple[Member, int]], index: int) -> str:
    """The branches of the tree before one line."""
    depth = min(shown[index][1], _DEEPEST)
    lead = ""
    for level in range(1, depth + 1):
        goes_on = False
        for _, other in shown[index + 1 :]:
            if min(other, _DEEPEST) < level:
                break
            if min(other, _DEEPEST) == level:
                goes_on = True
                break
        if level < depth:
            lead += "│  " if goes_on else "   "
        else:
            lead += "├─ " if goes_on else "└─ "
    return lead
