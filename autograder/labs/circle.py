"""Who waits for whom: two processes, two pipes, and the ways to get stuck and free again."""

from autograder.draw import Drawing
from autograder.labs.channels import draw_channels
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Play, Question
from autograder.labs.stage import Actor

_TEXT = "hello"
_ON, _END, _PIPE = "it goes on waiting", "it returns b'': end of file", "it fails: EPIPE"


def who_waits() -> LivePicture:
    """A parent and a child, with a pipe for each direction."""
    return show(WhoWaits)


class WhoWaits(Play):
    """Each has the read end of one pipe and the write end of the other, and nothing else."""

    title = "Who waits for whom"
    question = Question(
        "The parent and the child each wait in a read from the other one's pipe: a deadlock. The "
        "child is killed. What does the parent's read do?",
        "Now do it: let both read, look at the picture, then kill the child.",
        (_ON, _END, _PIPE),
    )

    def begin(self) -> None:
        """Two pipes; each process closes the ends that it does not use."""
        self.parent = self.stage.start("parent")
        self.parent.ask("pipe", read="child-in", write="out", patience=5)
        self.parent.ask("pipe", read="in", write="child-out", patience=5)
        self.child = self.stage.fork(self.parent, "child")
        for name in ("child-in", "child-out"):
            self.parent.ask("close", name=name, patience=5)
        for name in ("in", "out"):
            self.child.ask("close", name=name, patience=5)
        self.deadlock = False
        self.status = "Two processes, two pipes, and nobody waits."

    def actions(self) -> list[Action]:
        """What each can do: read, write, wait, end."""
        return [
            _action("parent read", "Parent: read", self.parent),
            _action("parent write", f"Parent: write {len(_TEXT)} bytes", self.parent),
            _action("parent wait", "Parent: waitpid(child)", self.parent),
            _action("child read", "Child: read", self.child),
            _action("child write", f"Child: write {len(_TEXT)} bytes", self.child),
            _action("child fill", "Child: write 100,000 bytes", self.child),
            _action("child exit", "Child: exit", self.child),
            Action("child kill", "Kill the child", self.child.alive, "the child has ended"),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One call of one of them."""
        name, _, verb = key.partition(" ")
        actor = self.stage.actors[name]
        before = "" if name == "parent" else "child-"
        if verb == "kill":
            actor.kill()
            self.status = "The child was killed. The kernel has closed all that it had open."
        elif verb == "exit":
            actor.ask("exit", patience=5)
            self.status = "The child has ended."
        elif verb == "read":
            actor.ask("read", name=f"{before}in", size=100)
        elif verb == "write":
            actor.ask("write", name=f"{before}out", text=_TEXT)
        elif verb == "fill":
            actor.ask("write", name=f"{before}out", size=100_000)
        else:
            actor.ask("wait", pid=self.child.inner)
        if verb not in ("kill", "exit"):
            self.status = f"The {name} waits." if actor.busy else ""
            self.heard(actor)
        reading = self.parent.doing == self.child.doing == "read"
        self.deadlock = reading or (self.deadlock and self.parent.busy)

    def heard(self, actor: Actor) -> None:
        """A call has returned."""
        answer = actor.answer
        if actor is self.parent and self.deadlock and not self.child.alive and "read" in answer:
            self.outcome = _END if not answer["read"] else _ON
        if "error" in answer:
            self.status = f"The {actor.name}'s call failed: {answer['error']}."
        elif "read" in answer:
            got = answer["text"].encode("latin-1")
            self.status = f"The {actor.name}'s read returned {got!r}."
        elif "wrote" in answer:
            self.status = f"The {actor.name} has written {answer['wrote']:,} bytes."
        elif "status" in answer:
            self.status = f"waitpid returned: the child ended with {answer['status']}."

    def draw(self) -> Drawing:
        """The wait-for graph of this moment."""
        return draw_channels(self.stage, self.title)


def _action(key: str, label: str, actor: Actor) -> Action:
    why = "the {} {}".format(actor.name, "waits in its last call" if actor.alive else "has ended")
    return Action(key, label, actor.alive and not actor.busy, why)
