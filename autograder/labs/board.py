"""A browser with a process for each tab: kill one, and only this tab is sad."""

import os
import signal
from collections.abc import Iterator

from autograder.draw import Drawing
from autograder.draw.tabs import Tab, draw_tabs
from autograder.labs.actor import SIDE, colour
from autograder.labs.live import LivePicture, show
from autograder.labs.play import Action, Number, Play, Question, doing
from autograder.labs.stage import Actor
from autograder.observe.mappings import PAGE

_TABS = 4
_POINTS = SIDE * SIDE
_DIE, _HANG, _ON = "they die with it", "they hang: they share memory with it", "they go on"


def browser_board() -> LivePicture:
    """A browser, four renderers, and the pixels that they share with it."""
    return show(BrowserBoard)


class BrowserBoard(Play):
    """The browser sends page numbers through pipes; renderers paint into a shared mapping."""

    title = "A browser with a process for each tab"
    question = Question(
        "Four renderers paint into memory that they share with the browser. The one of tab 2 is "
        "killed with SIGKILL. What do the other tabs do?",
        "Now kill tab 2, then load a page in another tab.",
        (_DIE, _HANG, _ON),
    )
    numbers = (Number("tab", "tab", 2, 1, _TABS), Number("page", "page", 3, 1, 99))

    def begin(self) -> None:
        """The browser, its memory of pixels, and its renderers."""
        self.path = self.stage.world.folder / "pixels"
        self.path.write_bytes(bytes(PAGE))
        self.browser = self.stage.start("browser")
        self.browser.ask("map", name="pixels", path=str(self.path), length=PAGE, patience=5)
        self.tabs: dict[int, Actor] = {}
        self.fates: dict[int, str] = {}
        # What another tab is to paint after tab 2 has died: once it is there, the answer is known.
        self._sent: tuple[int, bytes] | None = None
        for tab in range(1, _TABS + 1):
            self._open(tab)
        self.status = "Every renderer sleeps until the browser sends it a page number."

    def _open(self, tab: int) -> None:
        """Fork a renderer that has its own pipe only."""
        self.browser.ask("pipe", read=f"r{tab}", write=f"w{tab}", patience=5)
        renderer = self.stage.fork(self.browser, f"tab {tab}")
        for other in {*self.tabs, tab}:
            renderer.ask("close", name=f"w{other}", patience=5)
        self.browser.ask("close", name=f"r{tab}", patience=5)
        where = {"pixels": "pixels", "offset": _POINTS * (tab - 1)}
        renderer.tell("render", name=f"r{tab}", **where)
        self.tabs[tab] = renderer
        self.fates.pop(tab, None)

    def actions(self) -> list[Action]:
        """Load a page, kill a tab, open it again."""
        dead = bool(self.fates)
        return [
            Action("load", "Load the page in the tab"),
            Action("kill", "Kill the tab", len(self.fates) < _TABS, "every tab is sad"),
            Action("again", "Open the sad tabs again", dead, "no tab is sad"),
        ]

    def do(self, key: str, values: dict[str, int]) -> None:
        """One thing that a browser does."""
        tab = values["tab"]
        if key == "load":
            self._load(tab, values["page"])
        elif key == "again":
            for each in sorted(self.fates):
                self.browser.ask("close", name=f"w{each}", patience=5)
                self.tabs.pop(each)
                self._open(each)
            self.status = "New renderers: the last pixels of the old ones are still there."
        elif tab in self.fates:
            self.status = f"Tab {tab} is dead already."
        else:
            self._kill(tab)

    def _load(self, tab: int, page: int) -> None:
        told = self.browser.ask("write", name=f"w{tab}", text=chr(page), patience=5)
        if "error" in told:
            self.status = f"The browser cannot write to tab {tab}: {told['error']}."
            return
        self.status = f"The browser sent {page} to tab {tab}, which paints it."
        self._sent = (tab, bytes(_picture(page))) if 2 in self.fates and tab != 2 else None

    def _kill(self, tab: int) -> None:
        self.tabs[tab].kill()
        told = self.browser.ask("wait", pid=self.tabs[tab].inner, patience=5)
        self.fates[tab] = signal.Signals(-told["status"]).name
        self.status = f"The browser learns from waitpid: tab {tab} was ended by {self.fates[tab]}."

    def _points(self, tab: int) -> bytes:
        """What the browser sees of a tab: the bytes of the shared mapping."""
        fd = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(fd, _POINTS, _POINTS * (tab - 1))
        finally:
            os.close(fd)

    def draw(self) -> Drawing:
        """Each tab with its pixels and its process."""
        snapshot = self.stage.snapshot()
        if self._sent and self._points(self._sent[0]) == self._sent[1]:
            self.outcome = _ON
        tabs = []
        for number, actor in self.tabs.items():
            line, _ = doing(snapshot, actor)
            _, _, does = line.partition(": ")
            fate = self.fates.get(number)
            lines = (f"process {actor.inner}", f"ended by {fate}" if fate else does)
            tabs.append(Tab(f"tab {number}", lines, self._points(number), SIDE, actor.alive))
        tabs.sort(key=lambda tab: tab.heading)
        above, _ = doing(snapshot, self.browser)
        return draw_tabs(self.title, above, tabs)


def _picture(page: int) -> Iterator[int]:
    return (colour(page, *divmod(place, SIDE)) for place in range(_POINTS))
