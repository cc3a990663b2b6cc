"""Pictures without a page: what a page would send is sent by the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ipywidgets import Widget

from autograder.labs.live import LivePicture
from autograder.labs.play import Play


class Shown:
    """A picture, and what a student does with it."""

    def __init__(self, kind: type[Play]) -> None:
        self.picture = LivePicture(kind)
        self.answers: list[Any] = []
        self.picture.send = self.answers.append  # type: ignore[method-assign]

    def predict(self, answer: str) -> None:
        self.picture.take({"kind": "predict", "answer": answer})

    def do(self, key: str, **values: int) -> str:
        """Press a button; what the picture says then."""
        assert self.possible(key), f"{key} is not possible now"
        self.picture.take({"kind": "do", "key": key, "values": values})
        return str(self.picture.status)

    def possible(self, key: str) -> bool:
        (found,) = [each for each in self.picture.actions if each["key"] == key]
        return bool(found["enabled"])

    def look(self) -> str:
        """What the picture tells in words now."""
        self.picture.take({"kind": "look"})
        return str(self.picture.words)

    def wait_for(self, text: str) -> str:
        """Look until the words or the status have the text; a call may take its time."""
        for _ in range(10_000):
            words = self.look()
            if text in words or text in self.picture.status:
                return words
        raise AssertionError(f"{text!r} never came: {self.picture.status}\n{words}")


@pytest.fixture
def show(level: str) -> Iterator[Callable[[type[Play]], Shown]]:
    """Pictures at both isolation levels, closed in the end."""
    shown: list[Shown] = []

    def opened(kind: type[Play]) -> Shown:
        shown.append(Shown(kind))
        return shown[-1]

    yield opened
    for each in shown:
        each.picture.close()
    Widget.close_all()
