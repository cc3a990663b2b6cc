"""Descriptor tables, a pipe between them, and end of file: who holds which end."""

from autograder.draw import Drawing
from autograder.labs.channels import draw_channels
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Play, Question
from autograder.labs.stage import Actor

_TEXT = "hello"
_END, _WAITS, _FAILS = "it returns b'': end of file", "it waits, for ever", "it fails: EBADF"
_CLOSES = {
    "parent-r": ("Parent: close the read end", "parent", "r"),
    "parent-w": ("Parent: close the write end", "parent", "w"),
    "child-r": ("Child: close the read end", "child", "r"),
    "child-w": ("Child: close the write end", "child", "w"),
}


def pipe_ends() -> LivePicture:
    """A parent, a child, and the ends of their pipe."""
    return show(PipeEnds)


class PipeEnds(Play):
    """A parent that makes a pipe and a child, and both can close, write and read."""

    title = "Descriptors, pipe, processes"
    question = Question(
        f"The parent makes a pipe and forks. It writes {len(_TEXT)} bytes and closes its write "
        "end; nothing else is closed. The child reads twice. What does its second read do?",
        "Now do these steps, one after the other.",
        (_END, _WAITS, _FAILS),
    )

    def begin(self) -> None:
        """One process, without a pipe."""
        self.parent = self.stage.start("parent")
        self.child: Actor | None = None
        self.open: set[tuple[str, str]] = set()
        self.status = "One process. It has no pipe yet."

    def actions(self) -> list[Action]:
        """The calls of both."""
        child = self.child is not None and self.child.alive
        piped = bool(self.open)
        return [
            self._action("pipe", "Parent: pipe()", self.parent, not piped, "there is a pipe"),
            self._action("fork", "Parent: fork()", self.parent, not child, "there is a child"),
            self._uses("write", f"Parent: write {len(_TEXT)} bytes", "parent", "w"),
            self._uses("read", "Child: read", "child", "r"),
            *(self._uses(key, *rest) for key, rest in _CLOSES.items()),
            Action("kill", "Kill the child", child, "there is no child"),
        ]

    def _uses(self, key: str, label: str, name: str, end: str) -> Action:
        actor = self.stage.actors.get(name)
        return self._action(key, label, actor, (name, end) in self.open, "that end is not open")

    def _action(self, key: str, label: str, actor: Actor | None, may: bool, why: str) -> Action:
        if actor is None or not actor.alive:
            return Action(key, label, False, "there is no such process")
        if actor.busy:
            return Action(key, label, False, f"the {actor.name} waits in its last call")
        return Action(key, label, may, why)

    def do(self, key: str, values: dict[str, int]) -> None:
        """One call."""
        if key == "pipe":
            ends = self.parent.ask("pipe", read="r", write="w", patience=5)
            self.open |= {("parent", "r"), ("parent", "w")}
            self.status = f"read end: descriptor {ends['read']}; write end: {ends['write']}."
        elif key == "fork":
            self._fork()
        elif key == "write":
            self._write()
        elif key == "read" and self.child:
            self.child.ask("read", name="r", size=100)
            self.status = "The child reads: nothing is there, and somebody could still write."
            self.heard(self.child)
        elif key == "kill" and self.child:
            self.child.kill()
            self.heard(self.child)
        else:
            _, name, end = _CLOSES[key]
            self.stage.actors[name].ask("close", name=end, patience=5)
            self.open.discard((name, end))
            self.status = f"The {name} has closed its {'read' if end == 'r' else 'write'} end."

    def _fork(self) -> None:
        self.child = self.stage.fork(self.parent, "child")
        self.open |= {("child", end) for name, end in self.open if name == "parent"}
        self.status = f"The child is process {self.child.inner}. It has what its parent had open."

    def _write(self) -> None:
        told = self.parent.ask("write", name="w", text=_TEXT, patience=5)
        self.status = (
            f"The parent could not write: {told['error']}, nobody holds a read end."
            if "error" in told
            else f"The parent wrote {told['wrote']} bytes into the pipe."
        )

    def heard(self, actor: Actor) -> None:
        """A read has returned, or is still waiting; or a process has ended."""
        if not actor.alive:
            self.open -= {(actor.name, "r"), (actor.name, "w")}
            self.status = f"The {actor.name} has ended: the kernel has closed all its descriptors."
            return
        answer = actor.answer
        if "read" in answer:
            self.status = (
                f"The child's read returned {answer['text'].encode('latin-1')!r}."
                if answer["read"]
                else "The child's read returned b'': end of file, no write end is open any more."
            )
        asked = self.open == {("parent", "r"), ("child", "r"), ("child", "w")}
        if actor is self.child and asked and not answer.get("read"):
            self.outcome = _WAITS if actor.busy else _END

    def draw(self) -> Drawing:
        """Both tables, and the pipe."""
        return draw_channels(self.stage, self.title)
