"""One student's interpreter, as the judge holds it: a world, the process in it, its answers.

A cell has its time; when that is over, or when the cell hangs for certain, or ends its own
interpreter, the world is ended and `Ended` says why. Outputs are the student's word and are cut to
size; they are shown, and nothing else is done with them.
"""

import contextlib
import json
import os
import selectors
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.checks.record import signal_name
from autograder.checks.running import record_of
from autograder.checks.shipping import Given
from autograder.notebook import student_interpreter
from autograder.notebook.student_interpreter import MOST_OUTPUT
from autograder.sandbox import Limits, World, messages

_MOST_ANSWER = 64 << 20
_GIVE_SECONDS = 20.0
_LIMITS = Limits(cpu=600, memory=2048 << 20, output=64 << 20)

Output = dict[str, Any]


class Ended(Exception):
    """The student's interpreter has ended, or was ended; the message says why."""


@dataclass
class StudentSession:
    """A world with an interpreter, in the folder `folder`, which the student may write."""

    folder: Path

    def __post_init__(self) -> None:
        self.world = World(self.folder, single=True, interpreter=True)
        self.ours, theirs = messages.pair()
        try:
            payload = student_interpreter.payload()
            self.watch = self.world.start(
                payload, b"", float("inf"), _LIMITS, extra=(theirs.detach(),)
            )
        except BaseException:
            self.close()
            raise
        self._answers: list[bytes] = []
        self._streams = [0, 0]
        self.world.selector.register(self.ours, selectors.EVENT_READ, self._on_answer)

    def __enter__(self) -> "StudentSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def run_cell(self, source: str, timeout: float) -> list[Output]:
        """Execute one cell; its outputs in nbformat's form, what it printed first.

        Raises `Ended`, with the outputs so far as its second argument.
        """
        try:
            data = self._ask({"op": "cell", "source": source}, timeout)
        except Ended as ended:
            raise Ended(str(ended), self._printed()) from None
        return self._printed() + _outputs(data)

    def give(self, names: list[str]) -> Given:
        """The student's objects `names`, pickled: see `checks.shipping`. Raises `Ended`."""
        head, _, data = self._ask({"op": "give", "names": names}, _GIVE_SECONDS).partition(b"\n")
        try:
            return _given(json.loads(head), data)
        except _NO_ANSWER:
            return Given({}, frozenset(), b"", error=_UNKNOWN)

    def prepare(self, cell: str) -> tuple[str, int, Given]:
        """Of a `%%sandbox` cell: its Python text, its number, and what it uses. Raises `Ended`."""
        answer = self._ask({"op": "prepare", "source": cell}, _GIVE_SECONDS)
        head, _, data = answer.partition(b"\n")
        try:
            about = json.loads(head)
            return str(about["source"]), int(about["number"]), _given(about, data)
        except _NO_ANSWER:
            return "", 0, Given({}, frozenset(), b"", error=_UNKNOWN)

    def close(self) -> None:
        """End the world."""
        with contextlib.suppress(KeyError, ValueError):
            self.world.selector.unregister(self.ours)
        self.ours.close()
        self.world.close()

    # -- asking ----------------------------------------------------------------------------------

    def _ask(self, request: dict[str, Any], timeout: float) -> bytes:
        self._answers.clear()
        files = _large(request)
        try:
            messages.send(self.ours, _small(request), files)
        except OSError as error:
            raise Ended(self._why()) from error
        finally:
            messages.close_all(list(files))
        deadline = time.monotonic() + timeout
        while not self._answers:
            if self.watch.over:
                raise Ended(self._why())
            if time.monotonic() > deadline:
                raise Ended(f"it had not ended after {timeout:g} s")
            self.world.pump(self.watch, time.monotonic() + 0.005, until=self._answered)
        return self._answers[0]

    def _answered(self) -> bool:
        return bool(self._answers)

    def _why(self) -> str:
        """What became of the interpreter: a finding says more than the outcome."""
        run = record_of("the cell", self.watch.evidence, _LIMITS)
        for each in run.findings[:1]:
            return f"the cell hung or failed: {each.explanation} [{each.id}] {each.hint}"
        how = run.exit.code
        what = f"exit code {how}" if how is not None else signal_name(run.exit.signal)
        return f"the cell ended its interpreter: {what}"

    def _on_answer(self) -> None:
        try:
            message = messages.receive(self.ours, socket.MSG_DONTWAIT)
        except (BlockingIOError, ConnectionError):
            return
        if message is None:
            self.world.selector.unregister(self.ours)
            return
        try:
            if message.op == "answer" and message.fds:
                self._answers.append(_content(message.fds[0]))
        finally:
            with contextlib.suppress(OSError):
                messages.close_all(message.fds)

    def _printed(self) -> list[Output]:
        """What has come on standard output and error since it was last asked for."""
        self.watch.channels.drain()
        found: list[Output] = []
        streams = (self.watch.channels.stdout, self.watch.channels.stderr)
        for index, (name, stream) in enumerate(zip(("stdout", "stderr"), streams, strict=True)):
            fresh = bytes(stream[self._streams[index] :])
            self._streams[index] = len(stream)
            text = fresh[:MOST_OUTPUT].decode(errors="replace")
            if len(fresh) > MOST_OUTPUT:
                text += "\n... the rest of the output was cut off ...\n"
            if text:
                found.append({"output_type": "stream", "name": name, "text": text})
        return found


_NO_ANSWER = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_UNKNOWN = "the notebook's interpreter gave no answer"


def _given(about: dict[str, Any], data: bytes) -> Given:
    """What an interpreter says that it gives; raises one of `_NO_ANSWER`."""
    return Given(
        kinds={str(name): str(kind)[:200] for name, kind in about["kinds"].items()},
        callables=frozenset(map(str, about["callable"])),
        data=data,
        sources=_sources(about["sources"]),
        error=str(about["error"])[:2000],
    )


def _small(request: dict[str, Any]) -> dict[str, Any]:
    """The request without a cell's source, which may be too large for a packet."""
    return {key: value for key, value in request.items() if key != "source"}


def _large(request: dict[str, Any]) -> tuple[int, ...]:
    if "source" not in request:
        return ()
    fd = os.memfd_create("source")
    with open(fd, "wb", closefd=False) as stream:
        stream.write(request["source"].encode("utf-8", "surrogatepass"))
    os.lseek(fd, 0, os.SEEK_SET)
    return (fd,)


def _content(fd: int) -> bytes:
    """A memory file that the student's side has written, if it is one, and of bearable size."""
    try:
        size = os.fstat(fd).st_size
        return os.pread(fd, size, 0) if size <= _MOST_ANSWER else b""
    except OSError:
        return b""


def _outputs(data: bytes) -> list[Output]:
    """The outputs of an answer, as far as they have nbformat's form."""
    try:
        given = json.loads(data)["outputs"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    found = [_output(each) for each in given if isinstance(each, dict)] if _is_list(given) else []
    return [each for each in found if each is not None]


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _output(given: dict[str, Any]) -> Output | None:
    kind = given.get("output_type")
    if kind == "stream":
        return {"output_type": kind, "name": "stdout", "text": str(given.get("text", ""))}
    if kind == "error":
        lines = given.get("traceback")
        return {
            "output_type": kind,
            "ename": str(given.get("ename", "")),
            "evalue": str(given.get("evalue", "")),
            "traceback": [str(line) for line in lines] if isinstance(lines, list) else [],
        }
    if kind not in ("display_data", "execute_result"):
        return None
    bundle = given.get("data")
    data = _bundle(bundle) if isinstance(bundle, dict) else {}
    output: Output = {"output_type": kind, "data": data, "metadata": {}}
    if kind == "execute_result":
        output["execution_count"] = None
    return output


def _bundle(given: dict[str, Any]) -> dict[str, Any]:
    """A bundle by MIME type: text, but for the types that are JSON themselves."""
    return {
        str(kind): value if str(kind).endswith("json") else str(value)
        for kind, value in given.items()
    }


def _sources(given: Any) -> dict[str, list[str]]:
    return {str(file): [str(line) for line in lines] for file, lines in dict(given).items()}
