"""A live picture in a notebook: what a play shows, as a widget.

The page is the clock: live.js asks for a look, and only after the last answer has come, so that a
busy kernel gets no backlog. The processes end with the kernel, with `close`, with a newer picture
of the same kind, and when no page has shown the picture for a while; then it can begin again.
"""

import asyncio
import atexit
import contextlib
import html
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from autograder.errors import AutograderError
from autograder.labs.play import Play
from autograder.labs.pulse import LOOK_SECONDS, Pulse
from autograder.labs.stage import Stage

_HERE = Path(__file__).parent
_STYLE = (_HERE / "still.css").read_text()
_latest: dict[type[Play], "LivePicture"] = {}


def show(kind: type[Play]) -> "LivePicture":
    """A new picture of this kind, in place of the one before: a cell was run again."""
    if kind in _latest:
        _latest[kind].end("A newer picture has taken its place.")
    _latest[kind] = picture = LivePicture(kind)
    return picture


class LivePicture(anywidget.AnyWidget):
    """The widget. Its traits are what the page shows; nothing in them is executed there."""

    _esm = _HERE / "live.js"
    _css = _HERE / "live.css"

    heading = traitlets.Unicode().tag(sync=True)
    svg = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    actions: Any = traitlets.List().tag(sync=True)
    numbers: Any = traitlets.List().tag(sync=True)
    question = traitlets.Dict().tag(sync=True)
    predicted = traitlets.Unicode().tag(sync=True)
    verdict = traitlets.Unicode().tag(sync=True)
    over = traitlets.Bool().tag(sync=True)

    def __init__(self, kind: type[Play]) -> None:
        self._kind = kind
        self._stage: Stage | None = None
        self.pulse = Pulse()
        question = kind.question
        super().__init__(
            heading=kind.title,
            question={"text": question.text, "choices": list(question.choices)},
            numbers=[
                {"key": each.key, "label": each.label, "value": each.value}
                | {"least": each.least, "most": each.most}
                for each in kind.numbers
            ],
        )
        self.on_msg(lambda _, content, __: self.take(content))
        atexit.register(self.end)
        self.begin()

    # -- life ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Put the play on a stage of its own, from the beginning."""
        self.end()
        self._stage = Stage()
        self.play = self._kind(self._stage)
        try:
            self.play.begin()
        except BaseException:
            self.end()
            raise
        self.pulse = Pulse()
        self.over = False
        self.look()
        self._watch_pulse()

    def end(self, why: str = "") -> None:
        """End the processes; the last picture stays."""
        stage, self._stage = self._stage, None
        if stage is not None:
            stage.close()
            self.over = True
            self.status = f"{why} The processes have ended.".strip()
            self._show_actions()

    def close(self) -> None:
        """End the processes and the widget."""
        self.end()
        atexit.unregister(self.end)
        if _latest.get(self._kind) is self:
            del _latest[self._kind]
        super().close()

    def _watch_pulse(self) -> None:
        """Look for the page every now and then, as long as the kernel's loop runs."""
        with contextlib.suppress(RuntimeError):  # outside a notebook there is no loop
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self._feel, self.pulse)

    def _feel(self, pulse: Pulse) -> None:
        if self._stage is None or pulse is not self.pulse:
            return
        if pulse.look():
            self.end("No page has shown this picture for a while.")
        else:
            self._watch_pulse()

    # -- what the page asks for ----------------------------------------------------------------

    def take(self, content: Any) -> None:
        """One message of the page; every one is answered, so that it may send the next."""
        kind = content.get("kind") if isinstance(content, dict) else None
        self.pulse.beat()
        try:
            with self.hold_sync():
                self._take(kind, content)
        except AutograderError as error:
            self.end(f"{error}.")
        finally:
            self.send({"kind": "done"})

    def _take(self, kind: object, content: dict[str, Any]) -> None:
        if kind == "begin":
            self.begin()
        elif kind == "bye":
            self.end("The page was left.")
        elif kind == "predict" and not self.predicted:
            self.predicted = self._prediction(content.get("answer"))
        elif kind == "do":
            self._do(str(content.get("key")), content.get("values"))
        if kind in ("do", "look", "predict") and self._stage is not None:
            self.look()

    def _prediction(self, answer: object) -> str:
        choices = self.question["choices"]
        text = str(answer).strip()[:20] if not choices else str(answer)
        return text if (text in choices if choices else text.isdecimal()) else ""

    def _do(self, key: str, values: object) -> None:
        possible = {each.key for each in self.play.actions() if each.possible}
        if self._stage is None or not self.predicted or key not in possible:
            return
        given = values if isinstance(values, dict) else {}
        chosen = {}
        for each in self._kind.numbers:
            value = given.get(each.key, each.value)
            value = value if type(value) is int else each.value
            chosen[each.key] = min(max(value, each.least), each.most)
        self.play.do(key, chosen)

    # -- what is shown -------------------------------------------------------------------------

    def look(self) -> None:
        """Look at the processes now; what has not changed is not sent."""
        if self._stage is None:
            return
        for actor in self._stage.attend():
            self.play.heard(actor)
        drawing = self.play.draw()
        self.svg, self.words = drawing.svg, drawing.text
        self.status = self.play.status
        self._show_actions()

    def _show_actions(self) -> None:
        live = self._stage is not None and bool(self.predicted)
        why = "" if self.predicted else "predict first"
        self.actions = [
            {
                "key": each.key,
                "label": each.label,
                "enabled": live and each.possible,
                "why": why or ("" if each.possible else each.why),
            }
            for each in self.play.actions()
        ]
        self.verdict = self._verdict()

    def _verdict(self) -> str:
        if not self.predicted:
            return ""
        begun = f"You predicted: {self.predicted}."
        if not self.play.outcome:
            return f"{begun} {self.play.question.task}"
        right = self.play.outcome == self.predicted
        return f"{'✓' if right else '✗'} {begun} What happened: {self.play.outcome}."

    # -- without a page ------------------------------------------------------------------------

    def still(self) -> str:
        """The picture as it stands, in HTML: for a page without this kernel, and for an export."""
        return (
            f'<div class="ag-still"><style>{_STYLE}</style>{self.svg}'
            f"<details><summary>In words</summary><pre>{html.escape(self.words)}</pre></details>"
            f"<p><b>Predict.</b> {html.escape(self.question['text'])}</p>"
            "<p><i>Run the cell, and the picture is alive.</i></p></div>"
        )

    def _ipython_display_(self) -> None:
        """Two outputs: the still picture, and the live one, which takes its place in a page."""
        display({"text/html": self.still(), "text/plain": self.words}, raw=True)
        display(self._repr_mimebundle_(), raw=True)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """The live picture alone."""
        bundle = super()._repr_mimebundle_(**options)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        data["text/plain"] = f"{self.heading}: a live picture"
        return data
