"""What a live picture is about: a stage, what can be done on it, and how it is drawn.

A play knows nothing of notebooks and widgets: it can be acted in a plain test.
"""

from dataclasses import dataclass
from typing import ClassVar

from autograder.draw import Drawing
from autograder.labs.stage import Actor, Stage
from autograder.observe import Snapshot


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: a button. One that is not `possible` now says `why`."""

    key: str
    label: str
    possible: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number to choose for the actions."""

    key: str
    label: str
    value: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be predicted before anything moves. Without `choices` the answer is a number.

    `task` says what to do to find out.
    """

    text: str
    task: str
    choices: tuple[str, ...] = ()


class Play:
    """One picture: `begin` puts the actors on the stage, `do` lets one act, `draw` looks.

    `status` is the last thing that happened, in a sentence; `outcome` is what the question asked
    for, once it has been seen.
    """

    title: ClassVar[str]
    question: ClassVar[Question]
    numbers: ClassVar[tuple[Number, ...]] = ()

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.status = self.outcome = ""

    def begin(self) -> None:
        """Put the actors on the stage."""
        raise NotImplementedError

    def actions(self) -> list[Action]:
        """What can be done, always the same in the same order."""
        raise NotImplementedError

    def do(self, key: str, values: dict[str, int]) -> None:
        """Do the action `key`, with the numbers chosen."""
        raise NotImplementedError

    def heard(self, actor: Actor) -> None:
        """An actor that had been waiting has gone on, or has ended; says so in `status`."""

    def draw(self) -> Drawing:
        """The picture of this moment, read from the kernel."""
        raise NotImplementedError


def doing(snapshot: Snapshot, actor: Actor) -> tuple[str, bool]:
    """What an actor does, as the kernel tells, and whether it sleeps in a call of the picture."""
    who = f"{actor.name}, process {actor.inner}"
    process = snapshot.processes.get(actor.pid)
    if not actor.alive or process is None or process.zombie:
        return f"{who}: has ended", False
    if not actor.busy:
        return f"{who}: ready", False
    wait = process.tasks[0].wait if process.tasks else None
    if wait is None:
        return f"{who}: runs", False
    where = ", ".join(str(interest.fd) for interest in wait.interests)
    return f"{who}: sleeps in {wait.call}({where})", True
