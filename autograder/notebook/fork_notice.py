"""What a kernel is told of children that ran out of the student's code, and shows in their cell.

A child writes one line into a pipe of the kernel's. It opens that pipe by the kernel's own
descriptor (/proc/PID/fd): it may have closed its copy, or given the number to something else.
"""

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import Any

from autograder.notebook.cards import notice_card

_MOST_TEXT = 300  # a line stays below PIPE_BUF, so it is written whole
_READ = 1 << 16
_HOW = {
    "end": "ran on to the end of the code that forked it",
    "await": "came to an `await`, in which the kernel would have gone on",
    "exit": "called `sys.exit`, which in a notebook is an exception like any other",
}
_WHY = (
    "A forked child is a copy of the whole program, this notebook's kernel too, and it goes on "
    "with the line after the fork."
)
_NEXT = (
    "Make `os._exit(0)` the last line of the child's branch, in a `finally:` if something before "
    "it may fail. Or make `%%sandbox` the first line of the cell."
)


@dataclass(frozen=True, slots=True)
class Departure:
    """One child: how it left the student's code, where it was forked, in which request."""

    pid: int
    how: str
    place: str
    request: str

    @classmethod
    def own(cls, how: str, error: BaseException | None, place: str, request: str) -> "Departure":
        """The departure of this process; with an `error`, that is how it left."""
        text = _HOW.get(how) or f"raised `{type(error).__name__}`"
        with contextlib.suppress(Exception):  # the text of an exception is the student's own code
            if error is not None and how not in _HOW:
                text = f"raised `{type(error).__name__}: {error}`"
        return cls(os.getpid(), text[:_MOST_TEXT], place[:_MOST_TEXT], request)


class Board:
    """The pipe, and the requests to execute a cell whose code has forked."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.kernel = os.getpid()
        self.requests: dict[str, Any] = {}
        self.read_end, self.write_end = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        with contextlib.suppress(RuntimeError, NotImplementedError):  # no loop: with the next cell
            asyncio.get_running_loop().add_reader(self.read_end, self.show)

    def remember_request(self) -> None:
        """Before a fork: what is told of the child later belongs to this request."""
        parent = self.shell.parent_header
        self.requests[_name_of(parent)] = parent

    def write(self, how: str, error: BaseException | None, place: str) -> None:
        """In a child: leave word. Raises OSError when the kernel is gone."""
        departure = Departure.own(how, error, place, _name_of(self.shell.parent_header))
        line = json.dumps(asdict(departure)) + "\n"
        end = os.open(f"/proc/{self.kernel}/fd/{self.write_end}", os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(end, line.encode())
        finally:
            os.close(end)

    def show(self) -> None:
        """In the kernel: show what has come, each under the cell that forked."""
        if os.getpid() != self.kernel:
            return
        try:
            lines = os.read(self.read_end, _READ).splitlines()
        except BlockingIOError:
            return
        told: dict[tuple[str, str, str], list[int]] = {}
        for line in lines:
            with contextlib.suppress(ValueError, TypeError):  # somebody else wrote into our pipe
                each = Departure(**json.loads(line))
                told.setdefault((each.request, each.how, each.place), []).append(each.pid)
        for (request, how, place), pids in told.items():
            self._publish(request, *_notice(pids, how, place))

    def _publish(self, request: str, heading: str, text: str) -> None:
        sys.stdout.flush()  # what was printed before comes before
        kernel = self.shell.kernel
        data = {
            "text/plain": f"{heading}\n{text}".replace("`", ""),
            "text/html": notice_card(heading, (("Why", f"{text} {_WHY}"), ("Next", _NEXT))),
        }
        kernel.session.send(
            kernel.iopub_socket,
            "display_data",
            {"data": data, "metadata": {}, "transient": {}},
            parent=self.requests.get(request, self.shell.parent_header),
            ident=self.shell.display_pub.topic,
        )


def _name_of(parent: Any) -> str:
    return str(parent.get("header", {}).get("msg_id", ""))


def _notice(pids: list[int], how: str, place: str) -> tuple[str, str]:
    """Heading and text about children that went the same way."""
    many = len(pids) > 1
    shown = ", ".join(map(str, pids[:5])) + (", …" if len(pids) > 5 else "")
    who = f"{len(pids)} forked children" if many else "A forked child"
    where = f" {'They were' if many else 'It was'} forked by {place}." if place else ""
    return f"! {who} had to be ended", f"Process {shown} {how}.{where}"
