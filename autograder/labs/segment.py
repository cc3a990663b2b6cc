"""A System V segment: its card, who is attached, and how nattch goes up and down."""

from typing import Any

from autograder.draw import Drawing
from autograder.draw.stairs import draw_stairs
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Play, Question
from autograder.labs.stage import Actor
from autograder.observe.mappings import mappings_of
from autograder.observe.procfs import Vanished

_SIZE = 10_000
_ASKED = ["create", "attach a", "attach a", "fork", "remove", "kill"]


def segment_card() -> LivePicture:
    """A segment, and what attach, detach, fork, kill and removal do to it."""
    return show(SegmentCard)


class SegmentCard(Play):
    """Process A, its child B, and a segment."""

    title = "A segment of shared memory, as the kernel's table has it"
    question = Question(
        "A creates a segment, attaches it twice, and forks B. The segment is removed (IPC_RMID), "
        "and B is killed. What is nattch then?",
        "Now do it, in this order.",
    )

    def begin(self) -> None:
        """Process A, and a clerk who reads the table in this world."""
        self.clerk = self.stage.start("clerk")
        self.a = self.stage.start("A")
        self.b: Actor | None = None
        self.id = -1
        self.attached = {"a": 0, "b": 0}
        self.steps: list[tuple[str, int]] = []
        self._story: list[str] = []
        self._row: dict[str, Any] | None = None
        self.status = "There is no segment yet."

    def actions(self) -> list[Action]:
        """What A, B, and anybody who knows the identifier can do."""
        there, child = self._row is not None, self.b is not None
        nobody, none = "there is no B", "there is no segment"
        return [
            Action("create", "A: create (shmget)", not there, "there is a segment"),
            Action("attach a", "A: attach", there, none),
            Action("detach a", "A: detach", bool(self.attached["a"]), "A has not attached it"),
            Action("fork", "A: fork B", not child, "there is a B"),
            Action("attach b", "B: attach", child and there, none if child else nobody),
            Action("detach b", "B: detach", bool(self.attached["b"]), "B has not attached it"),
            Action("kill", "Kill B", child, nobody),
            Action("remove", "Remove (IPC_RMID)", there, none),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One call; then the table is read."""
        verb, _, who = key.partition(" ")
        actor = self.b if who == "b" and self.b else self.a
        if verb == "create":
            self.id = int(self.a.ask("shmget", size=_SIZE, patience=5)["id"])
            self.steps.clear()
            self.status = f"The segment has the identifier {self.id}. Nobody is attached."
        elif verb == "attach":
            self._attach(actor, who)
        elif verb == "detach":
            actor.ask("shmdt", patience=5)
            self.attached[who] -= 1
            self.status = f"{actor.name} has detached it once."
        elif verb == "fork":
            self.b = self.stage.fork(self.a, "B")
            self.attached["b"] = self.attached["a"]
            self.status = "B is a copy of A: each of A's attachments is there twice now."
        elif verb == "kill" and self.b:
            self.b.kill()
            self.b, self.attached["b"] = None, 0
            self.status = "B is dead. The kernel has detached what B had attached."
        elif verb == "remove":
            self.clerk.ask("rmid", segment=self.id, patience=5)
            self.status = "It is marked for removal, and goes with its last detach."
        self._after(key, verb if not who else f"{actor.name} {verb}")

    def _attach(self, actor: Actor, who: str) -> None:
        told = actor.ask("shmat", segment=self.id, patience=5)
        if "error" in told:
            self.status = f"{actor.name} cannot attach it: {told['error']}."
        else:
            self.attached[who] += 1
            self.status = f"{actor.name} has it at address {told['address']:#x}."

    def _after(self, key: str, shown: str) -> None:
        """Read the table; the segment may have gone."""
        before, self._row = self._row, self._read()
        number = int(self._row["attached"]) if self._row else 0
        self.steps.append((shown, number))
        self._story.append(key)
        if before and self._row is None:
            self.status += " The segment does not exist any more."
        if self._story == _ASKED:
            self.outcome = str(number)

    def _read(self) -> dict[str, Any] | None:
        rows = self.clerk.ask("segments", patience=5).get("rows", [])
        return next((row for row in rows if row["id"] == self.id), None)

    def draw(self) -> Drawing:
        """The row of the table, the stairs, and where it lies in each process."""
        self._row = row = self._read()
        facts = [("identifier", str(self.id) if self.id >= 0 else "-")]
        facts += [("state", "not in the table")] if row is None else _facts(row)
        places = [_windows(actor, self.id) for actor in (self.a, self.b) if actor]
        removed = row is None or row["removed"]
        return draw_stairs(self.title, facts, removed, "nattch", self.steps, places)


def _facts(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("state", "removal is marked" if row["removed"] else "in the table"),
        ("key", f"{row['key']:#x}"),
        ("mode", f"{row['mode']:o}"),
        ("size", f"{row['size']:,} bytes"),
        ("nattch", str(row["attached"])),
    ]


def _windows(actor: Actor, identity: int) -> str:
    """Where a process has the segment: the lines of its maps whose inode is the identifier."""
    try:
        found = [
            f"{each.start:#x}"
            for each in mappings_of(actor.pid)
            if each.path.startswith("/SYSV") and each.inode == identity
        ]
    except Vanished:
        found = []
    where = f"attached at {', '.join(found)}" if found else "not attached"
    return f"{actor.name}, process {actor.inner}: {where}"
