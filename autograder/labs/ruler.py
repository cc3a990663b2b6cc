"""A mapping beyond the end of its file: bytes, zeros, and then SIGBUS."""

import signal

from autograder.draw import Drawing
from autograder.draw.canvas import MARGIN, Canvas, Tone
from autograder.draw.drawing import finish
from autograder.draw.lettering import bytes_in_words
from autograder.draw.memory import WIDTH, ruler
from autograder.draw.strips import draw_strip, position, sketch_strip
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Number, Play, Question
from autograder.observe.mappings import PAGE, mappings_of
from autograder.observe.procfs import Vanished

_SIZE, _PAGES = 5000, 3
_MAPPED = _PAGES * PAGE
_ASKED = 6000
_ZERO, _BUS, _ERROR = "it gets a zero", "it is killed: SIGBUS", "Python raises IndexError"


def end_of_file_ruler() -> LivePicture:
    """A file, and a mapping that is longer."""
    return show(EndOfFileRuler)


class EndOfFileRuler(Play):
    """A process that has mapped three pages, and a file that ends within the second."""

    title = f"A mapping of {_PAGES} pages, and the end of its file"
    question = Question(
        f"A file has {_SIZE:,} bytes, all of them letters; a process has mapped {_PAGES} pages "
        f"({_MAPPED:,} bytes). It reads the byte at {_ASKED:,}. What happens?",
        f"Now do it: “Read” at {_ASKED:,}. Then try {2 * PAGE:,}.",
        (_ZERO, _BUS, _ERROR),
    )
    numbers = (Number("at", "position", _ASKED, 0, _MAPPED - 1),)

    def begin(self) -> None:
        """The file is long enough when it is mapped, and is then cut."""
        self.path = self.stage.world.folder / "letters"
        self.path.write_bytes(b"x" * _MAPPED)
        self._start()
        self.touched: tuple[int, str] | None = None
        self.status = f"The file was cut to {_SIZE:,} bytes after it had been mapped."

    def _start(self) -> None:
        with self.path.open("r+b") as file:
            file.write(b"x" * _MAPPED)
        self.actor = self.stage.start("process")
        self.actor.ask("map", name="map", path=str(self.path), length=_MAPPED, patience=5)
        with self.path.open("r+b") as file:
            file.truncate(_SIZE)

    def actions(self) -> list[Action]:
        """Read, write, and move the end of the file."""
        alive, dead = self.actor.alive, "the process is dead"
        return [
            Action("load", "Read a byte", alive, dead),
            Action("store", "Write a byte", alive, dead),
            Action("truncate", "ftruncate the file to here", alive, dead),
            Action("start", "A new process", not alive, "the process lives"),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One access, or one change of the file's size."""
        at = values["at"]
        if key == "start":
            self._start()
            self.touched = None
            self.status = f"A new process, the same file, cut to {_SIZE:,} bytes again."
        elif key == "truncate":
            self.actor.ask("truncate", path=str(self.path), size=at, patience=5)
            self.status = (
                f"The file has {bytes_in_words(at)} now. The mapping is as long as before."
            )
        else:
            self._touch(key, at)

    def _touch(self, key: str, at: int) -> None:
        size = self.path.stat().st_size
        details = {"value": ord("w")} if key == "store" else {}
        told = self.actor.ask(key, name="map", offset=at, patience=5, **details)
        if not self.actor.alive:
            number = self.actor.ending() or 0
            self.touched = at, signal.Signals(number).name if number else "ended"
            self.status = (
                f"The process was killed by {self.touched[1]}: no page of the file is there."
            )
        elif key == "load":
            self.touched = at, f"read: {told['byte']}"
            what = f"{chr(told['byte'])!r}" if told["byte"] else "a zero byte"
            self.status = f"It read {what} at {at:,}."
        else:
            self.touched = at, "written"
            kept = "" if at < size else " It is behind the end: the file will never have it."
            self.status = f"It wrote a byte at {at:,}.{kept}"
        if key == "load" and at == _ASKED and size == _SIZE:
            self.outcome = _ZERO if told.get("byte") == 0 else _BUS

    def draw(self) -> Drawing:
        """The mapping along the file, and where it was touched last."""
        size = self.path.stat().st_size
        segments = ruler(size, _MAPPED)
        canvas, room = Canvas(WIDTH), float(WIDTH - 2 * MARGIN)
        canvas.text(MARGIN, MARGIN + 12, self.title, room, bold=True, size=14)
        lines = [
            f"The file: {bytes_in_words(size)} (stat).",
            f"Process {self.actor.inner}: {self._mapping()}.",
        ]
        if self.touched is not None:
            lines.append(f"Touched last: {self.touched[0]:,}: {self.touched[1]}.")
        top = MARGIN + 44.0
        bottom = draw_strip(canvas, MARGIN, top, room, segments)
        if self.touched is not None:
            x = MARGIN + position(segments, room, self.touched[0])
            tone = Tone.INK if self.actor.alive else Tone.WRONG
            canvas.line((x, top - 12), (x, top), tone, thick=2.6)
            canvas.rectangle(x - 4, top - 16, 8, 8, tone, fill=0.8, radius=4)
        for line in lines:
            bottom += 18
            canvas.text(MARGIN, bottom, line, room)
        words = [f"{each.name}: {', '.join(each.notes)}" for each in segments]
        return finish(self.title, canvas, words + lines, sketch_strip(segments))

    def _mapping(self) -> str:
        try:
            found = [each for each in mappings_of(self.actor.pid) if each.path == str(self.path)]
        except Vanished:
            found = []
        if not self.actor.alive or not found:
            return "dead"
        length = sum(each.end - each.start for each in found)
        return f"has {bytes_in_words(length)} mapped at {found[0].start:#x}"
