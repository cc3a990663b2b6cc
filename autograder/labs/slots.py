"""The slots of a pipe: how many bytes each holds, and when a writer must wait."""

from autograder.draw import Drawing
from autograder.draw.lettering import bytes_in_words
from autograder.draw.slots import draw_slots
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Number, Play, Question, doing
from autograder.labs.stage import Actor
from autograder.observe.pipes import SLOT, fill_of, slots_of

_SIZE, _TAKEN = 3000, 2000
_CAPACITY = 16 * SLOT
_ASKED = [("fill", _SIZE), ("read", _TAKEN), ("fill", _SIZE)]


def pipe_slots() -> LivePicture:
    """A pipe between a writer and a reader, and what is in each of its slots."""
    return show(PipeSlots)


class PipeSlots(Play):
    """A writer, a reader, and the pipe between them."""

    title = "The slots of a pipe"
    question = Question(
        f"A pipe is full of writes of {_SIZE:,} bytes, one in each slot. The reader takes "
        f"{_TAKEN:,} bytes. How many more writes of {_SIZE:,} bytes fit now?",
        f"Now find out: “Write until it is full” with {_SIZE:,} bytes, “Read” with {_TAKEN:,}, "
        f"and “Write until it is full” with {_SIZE:,} again.",
    )
    numbers = (Number("size", "bytes", _SIZE, 1, 2 * _CAPACITY),)

    def begin(self) -> None:
        """Two processes with one end each."""
        self.writer = self.stage.start("writer")
        self.ends = self.writer.ask("pipe", read="r", write="w", patience=5)
        self.reader = self.stage.fork(self.writer, "reader")
        self.writer.ask("close", name="r", patience=5)
        self.reader.ask("close", name="w", patience=5)
        self._story: list[tuple[str, int]] = []
        self.status = "The pipe is empty."

    def actions(self) -> list[Action]:
        """Write and read."""
        return [
            _action("write", "Write", self.writer),
            _action("fill", "Write until it is full", self.writer),
            _action("read", "Read", self.reader),
            _action("empty", "Read all", self.reader),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One call of the writer or of the reader."""
        size = values["size"]
        self._story = [*self._story, (key, size)] if key != "empty" else []
        if key == "write":
            told = self.writer.ask("write", name="w", size=size)
            self.status = (
                f"The writer wrote {bytes_in_words(size)}."
                if told
                else f"The writer waits: there is no room for {bytes_in_words(size)}."
            )
        elif key == "fill":
            calls = self.writer.ask("fill", name="w", size=size, patience=5)["calls"]
            self.status = (
                f"{calls} writes of {bytes_in_words(size)} fitted: {calls * size:,} bytes."
            )
            if self._story == _ASKED:
                self.outcome = str(calls)
        else:
            told = self.reader.ask("read", name="r", size=size if key == "read" else _CAPACITY)
            self.status = (
                f"The reader got {bytes_in_words(told['read'])}."
                if told
                else "The reader waits: there is nothing to read."
            )

    def heard(self, actor: Actor) -> None:
        """The call has returned, since the other side did its part."""
        if actor.answer:
            done = actor.answer.get("wrote") or actor.answer.get("read") or 0
            self.status += f" The {actor.name}'s call has now returned: {bytes_in_words(done)}."

    def draw(self) -> Drawing:
        """Each slot with its bytes."""
        snapshot = self.stage.snapshot()
        end = self.ends["read"]
        fill = fill_of(self.reader.pid, end)
        slots = slots_of(self.reader.pid, end) or ()
        people = [doing(snapshot, each) for each in (self.writer, self.reader)]
        waiting, capacity = (fill.waiting, fill.capacity) if fill else (0, _CAPACITY)
        return draw_slots(self.title, slots, capacity // SLOT, SLOT, waiting, people)


def _action(key: str, label: str, actor: Actor) -> Action:
    return Action(key, label, not actor.busy, f"the {actor.name} waits in its last call")
