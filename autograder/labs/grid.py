"""The pages of a mapped file: in memory, in whose page table, dirty, copied."""

import contextlib
import os

from autograder.draw import Drawing, draw_pages
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Number, Play, Question
from autograder.labs.stage import Actor
from autograder.observe.mappings import PAGE, Usage, usage_of
from autograder.observe.procfs import Vanished
from autograder.observe.residency import resident_pages

_PAGES = 16
_READ, _WRITTEN = 3, 5
_ABSENT, _THERE, _DIRTY, _COPIED = "not there", "there", "there, dirty", "a private copy"
_LOOKS = {_ABSENT: "·", _THERE: "░", _DIRTY: "█", _COPIED: "▒"}
_CHOICES = ("none", f"only page {_WRITTEN}", f"pages {_READ} and {_WRITTEN}", "all pages")
_LABELS = {
    "load shared": "Shared: read",
    "store shared": "Shared: write",
    "load private": "Private: read",
    "store private": "Private: write",
}


def page_grid() -> LivePicture:
    """The pages of a file, mapped shared and private."""
    return show(PageGrid)


class PageGrid(Play):
    """A process that maps a file twice, and its child."""

    title = f"{_PAGES} pages of a file, mapped twice by the same process"
    question = Question(
        "Through the private mapping, the process first reads one byte of page "
        f"{_READ}, then writes one byte of page {_WRITTEN}. Of which pages does it have a private "
        "copy then?",
        f"Now do it: “Private: read” with page {_READ}, “Private: write” with page {_WRITTEN}.",
        _CHOICES,
    )
    numbers = (Number("page", "page", _READ, 0, _PAGES - 1),)

    def begin(self) -> None:
        """A file that is on the disk alone, as far as its file system has one; two mappings."""
        self.path = str(self.stage.world.folder / "pages")
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, b"." * _PAGES * PAGE)
            os.fsync(fd)
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(fd)
        self.parent = self.stage.start("parent")
        self.child: Actor | None = None
        how = {"path": self.path, "length": _PAGES * PAGE, "each": True}
        self.parent.ask("map", name="shared", **how, patience=5)
        self.parent.ask("map", name="private", **how, private=True, patience=5)
        self._story: list[tuple[str, int]] = []
        self.status = "Both mappings are made. mmap has read nothing."

    def actions(self) -> list[Action]:
        """Read and write in both mappings; msync; a child that can write too."""
        child = self.child is not None
        return [
            *(Action(key, label) for key, label in _LABELS.items()),
            Action("msync", "msync"),
            Action("fork", "fork()", not child, "there is a child"),
            Action("child", "Child, private: write", child, "there is no child"),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One access, by one byte in the middle of the page."""
        page = values["page"]
        self._story.append((key, page))
        if key == "msync":
            self.parent.ask("msync", name="shared", patience=5)
            self.status = "What was written through the shared mapping is on the disk."
        elif key == "fork":
            self.child = self.stage.fork(self.parent, "child")
            self.status = f"The child, process {self.child.inner}, has both mappings too."
        elif key == "child" and self.child:
            self._access(self.child, "store", "private", page)
        else:
            op, name = key.split()
            self._access(self.parent, op, name, page)
        if self._story == [("load private", _READ), ("store private", _WRITTEN)]:
            self.outcome = self._copied()

    def _access(self, actor: Actor, op: str, name: str, page: int) -> None:
        actor.ask(op, name=name, offset=page * PAGE + PAGE // 2, patience=5)
        what = "read" if op == "load" else "wrote"
        self.status = f"The {actor.name} {what} one byte of page {page}, {name} mapping."

    def _copied(self) -> str:
        states = self._states(self.parent)["private"]
        pages = [number for number, state in enumerate(states) if state == _COPIED]
        return {
            (): _CHOICES[0],
            (_WRITTEN,): _CHOICES[1],
            (_READ, _WRITTEN): _CHOICES[2],
            tuple(range(_PAGES)): _CHOICES[3],
        }.get(tuple(pages), f"pages {pages}")

    def draw(self) -> Drawing:
        """A row for the page cache, and one for each mapping of each process."""
        resident = resident_pages(self.path)
        rows = {"page cache": [_THERE if page else _ABSENT for page in resident]}
        for actor in filter(None, (self.parent, self.child)):
            for name, states in self._states(actor).items():
                rows[f"{actor.inner}: {name} mapping"] = states
        return draw_pages(self.title, rows, _LOOKS, numbered=True)

    def _states(self, actor: Actor) -> dict[str, list[str]]:
        """Of each page, what smaps says of the mapping in which it lies."""
        states = {"shared": [_ABSENT] * _PAGES, "private": [_ABSENT] * _PAGES}
        with contextlib.suppress(Vanished):
            for usage in usage_of(actor.pid, self.path):
                if usage.resident:
                    kind = "shared" if usage.mapping.shared else "private"
                    states[kind][usage.mapping.offset // PAGE] = _state(usage)
        return states


def _state(usage: Usage) -> str:
    if usage.anonymous:
        return _COPIED
    return _DIRTY if usage.dirty else _THERE
