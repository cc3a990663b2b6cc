"""What sharers cost: RSS counts every page for everybody, PSS counts each page once."""

from autograder.draw import Bar, Drawing
from autograder.draw.bars import WIDTH as _WIDTH
from autograder.draw.bars import draw_bars, sketch_bars
from autograder.draw.canvas import MARGIN, Canvas
from autograder.draw.drawing import finish
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Play, Question
from autograder.labs.stage import Actor
from autograder.observe.mappings import usage_of
from autograder.observe.procfs import Vanished

_MIB = 1 << 20
_SIZE, _MOST, _ASKED = 8, 6, 4
_CHOICES = tuple(f"{amount} MiB" for amount in (_SIZE // _ASKED, _SIZE, _SIZE * _ASKED))


def sharers() -> LivePicture:
    """Processes that map the same file, and what each of them is charged for."""
    return show(Sharers)


class Sharers(Play):
    """Up to six processes that read all of one file through a mapping of their own."""

    title = f"A file of {_SIZE} MiB, mapped by several processes"
    question = Question(
        f"{_ASKED} processes have read all of it through mappings of their own. For each, RSS says "
        f"{_SIZE} MiB. What do the four PSS add up to?",
        f"Now let {_ASKED} processes join.",
        _CHOICES,
    )

    def begin(self) -> None:
        """Nobody has mapped the file yet."""
        self.path = self.stage.world.folder / "shared"
        self.path.write_bytes(b"x" * _SIZE * _MIB)
        self.count = 0
        self.people: list[Actor] = []
        self.status = "Nobody has mapped it."

    def actions(self) -> list[Action]:
        """Join, make private copies, leave."""
        some = bool(self.people)
        return [
            Action("join", "One more maps and reads it", len(self.people) < _MOST, "six will do"),
            Action("write", "The last one writes 2 MiB, privately", some, "nobody is there"),
            Action("leave", "The first one ends", some, "nobody is there"),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One comes, writes or goes."""
        if key == "join":
            self.count += 1
            actor = self.stage.start(f"sharer {self.count}")
            how = {"name": "map", "path": str(self.path), "length": _SIZE * _MIB}
            actor.ask("map", **how, private=True, patience=5)
            actor.ask("load_all", name="map", patience=5)
            self.people.append(actor)
            self.status = f"Process {actor.inner} has mapped it and read every page."
        elif key == "write":
            actor = self.people[-1]
            actor.ask("store", name="map", offset=0, size=2 * _MIB, patience=5)
            self.status = f"Process {actor.inner} has copies of its own of 2 MiB."
        else:
            actor = self.people.pop(0)
            actor.kill()
            self.status = f"Process {actor.inner} has ended: the others bear its part."
        if len(self.people) == _ASKED == self.count and key == "join":
            self.outcome = f"{round(sum(self._usage(each)[1] for each in self.people))} MiB"

    def _usage(self, actor: Actor) -> tuple[float, float]:
        """RSS and PSS of the mapping, in MiB."""
        try:
            found = usage_of(actor.pid, str(self.path))
        except Vanished:
            return 0.0, 0.0
        return sum(each.resident for each in found) / _MIB, sum(each.pss for each in found) / _MIB

    def draw(self) -> Drawing:
        """Two bars for each process, and the sums."""
        bars, sums = [], [0.0, 0.0]
        for actor in self.people:
            for place, (name, amount) in enumerate(
                zip(("RSS", "PSS"), self._usage(actor), strict=True)
            ):
                bars.append(Bar(f"process {actor.inner}: {name}", amount, f"{amount:.2f} MiB"))
                sums[place] += amount
        canvas, room = Canvas(_WIDTH), _WIDTH - 2 * MARGIN
        canvas.text(MARGIN, MARGIN + 12, self.title, room, bold=True, size=14)
        bottom = draw_bars(canvas, MARGIN + 32.0, bars, float(_SIZE))
        total = f"Sum of RSS: {sums[0]:.2f} MiB. Sum of PSS: {sums[1]:.2f} MiB."
        canvas.text(MARGIN, bottom + 14, total, room, bold=True)
        words = [f"{bar.label}: {bar.text}" for bar in bars]
        return finish(self.title, canvas, [*words, total], sketch_bars(bars, float(_SIZE)))
