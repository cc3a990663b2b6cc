"""The same segment at different addresses: an address of one process means nothing to another."""

from autograder.draw import Drawing
from autograder.draw.spaces import Region, draw_spaces
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Play, Question
from autograder.labs.stage import Actor
from autograder.observe.mappings import Mapping, mappings_of
from autograder.observe.procfs import Vanished

_SIZE = 1 << 16
_OFFSET = 256
_TEXT = "hello from A"
_SAME, _OTHER = "it finds A's text", "it finds something else, or is killed"


def two_spaces() -> LivePicture:
    """Two processes, one segment, two addresses."""
    return show(TwoSpaces)


class TwoSpaces(Play):
    """A and B, which both attach the segment, and B another one before."""

    title = "One segment in two address spaces"
    question = Question(
        "A writes a text into the shared segment and tells B its address. B reads at this "
        "address. What happens?",
        "Now do it: “A: write a text”, “B: read at A's address”.",
        (_SAME, _OTHER),
    )

    def begin(self) -> None:
        """Both attach the shared segment; B has attached one of its own before."""
        self.a, self.b = self.stage.start("A"), self.stage.start("B")
        own = int(self.b.ask("shmget", size=_SIZE, patience=5)["id"])
        self.id = int(self.a.ask("shmget", size=_SIZE, patience=5)["id"])
        self.b.ask("shmat", segment=own, patience=5)
        self.at = {
            actor.name: int(actor.ask("shmat", segment=self.id, patience=5)["address"])
            for actor in (self.a, self.b)
        }
        for identity in (own, self.id):
            self.a.ask("rmid", segment=identity, patience=5)
        self.written = False
        self.status = "Both have attached it. B has attached another segment before."

    def actions(self) -> list[Action]:
        """A writes; B reads at an address, or at an offset."""
        wrote, dead = "A has written nothing", "B is dead: begin again"
        may, why = self.written and self.b.alive, wrote if self.b.alive else dead
        return [
            Action("write", "A: write a text"),
            Action("address", "B: read at A's address", may, why),
            Action("offset", "B: read at its own address plus the offset", may, why),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One access."""
        told = self.at["A"] + _OFFSET
        if key == "write":
            self.a.ask("poke", address=told, text=_TEXT, patience=5)
            self.written = True
            self.status = f"A wrote {_TEXT!r} at {told:#x}: offset {_OFFSET} in the segment."
            return
        address = told if key == "address" else self.at["B"] + _OFFSET
        found = self.b.ask("peek", address=address, patience=5)
        if not self.b.alive:
            self.status = f"B read at {address:#x} and was killed by signal {self.b.ending()}."
        else:
            self.status = f"B read at {address:#x} and found {found['text']!r}."
        if key == "address":
            self.outcome = _SAME if found.get("text") == _TEXT else _OTHER

    def draw(self) -> Drawing:
        """Both address spaces, from low to high."""
        return draw_spaces(self.title, [_space(self, actor) for actor in (self.a, self.b)])


def _space(play: TwoSpaces, actor: Actor) -> tuple[str, list[Region]]:
    head = f"{actor.name}, process {actor.inner}"
    try:
        mappings = mappings_of(actor.pid)
    except Vanished:
        return f"{head}: dead", []
    return head, list(filter(None, (_region(play.id, each) for each in mappings)))


def _region(identity: int, each: Mapping) -> Region | None:
    """The pieces worth a line: program, heap, segments, stack."""
    if each.path.startswith("/SYSV"):
        ours = each.inode == identity
        return Region("the shared segment" if ours else "another segment", each.start, ours)
    name = each.path.rpartition("/")[2]
    if name == "[heap]" or name == "[stack]":
        return Region(name.strip("[]"), each.start)
    if name.startswith("python") and "x" in each.flags:
        return Region("program", each.start)
    if name.startswith("libc.so") and "x" in each.flags:
        return Region("C library", each.start)
    return None
