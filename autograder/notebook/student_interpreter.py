"""The student's interpreter: executes the student's cells in a world, and gives functions away.

It runs as one run of its world, watched like any other. The judge sends one packet a request:

    {"op": "cell"}                  execute the cell in the file that comes along: its outputs
    {"op": "give", "names": […]}    pickle these variables, by value, for another world
    {"op": "prepare"}               what a `%%sandbox` cell, in the file, needs to run in another

Whatever it answers is the student's word: outputs are shown, and what it pickles is unpickled in
worlds alone. The pickle travels in a memory file, the rest as JSON.
"""

import contextlib
import io
import json
import os
import pickle
import socket
import sys
from types import FunctionType
from typing import Any, NoReturn

from autograder.checks.shipping import pickled, sources_of
from autograder.notebook.quiet_shell import QuietShell
from autograder.notebook.sandbox_magic import CellFailed, prepare
from autograder.sandbox import messages

MOST_OUTPUT = 1_000_000


def payload() -> bytes:
    """The call of `serve` as the payload of a run; its argument is the run's extra descriptor."""
    return pickle.dumps((serve, (), {}, {}))


def serve(end: int) -> None:
    """Answer the judge on the socket `end` until it hangs up."""
    judge = socket.socket(fileno=end)
    shell = QuietShell.fresh()
    sys.argv = [""]
    owner = os.getpid()
    while (message := messages.receive(judge)) is not None:
        body = message.body
        if body.get("op") == "cell":
            outputs = shell.run(_source(message.fds[0]))
            if os.getpid() != owner:
                _leave()
            _answer(judge, {"outputs": outputs})
        elif body.get("op") == "give":
            names = [str(name) for name in body["names"]]
            found = {name: shell.user_ns[name] for name in names if name in shell.user_ns}
            _give(judge, found, {})
        elif body.get("op") == "prepare":
            _prepare(judge, shell, _source(message.fds[0]))


def _source(fd: int) -> str:
    with os.fdopen(fd, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _prepare(judge: socket.socket, shell: QuietShell, cell: str) -> None:
    """The cell counts as one that was executed; what it uses is given away."""
    number = shell.execution_count
    shell.execution_count += 1
    found: dict[str, Any] = {}
    about: dict[str, Any] = {"number": number, "source": ""}
    try:
        about["source"], found = prepare(shell, cell, number)
    except CellFailed as error:
        about["error"] = str(error)
    _give(judge, found, about)


def _leave() -> NoReturn:
    """A child that the cell forked and that ran out of it: it is no second interpreter."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(0)


def _answer(judge: socket.socket, body: dict[str, Any]) -> None:
    """Send plain data of any size: the packet carries a memory file."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    text = json.dumps(body, default=repr)
    if len(text) > MOST_OUTPUT:
        note = {"output_type": "stream", "name": "stdout", "text": _CUT}
        kept = [each for each in body.get("outputs", []) if each.get("output_type") == "error"]
        text = json.dumps({"outputs": [note, *kept]}, default=repr)[: 4 * MOST_OUTPUT]
    _send(judge, text.encode())


_CUT = "... what this cell displayed was too large to be kept ...\n"


def _send(judge: socket.socket, data: bytes) -> None:
    fd = os.memfd_create("answer")
    try:
        with open(fd, "wb", closefd=False) as stream:
            stream.write(data)
        messages.send(judge, {"op": "answer", "size": len(data)}, (fd,))
    finally:
        os.close(fd)


def _give(judge: socket.socket, found: dict[str, Any], more: dict[str, Any]) -> None:
    """Answer with one line of JSON about these variables, then their pickle."""
    about: dict[str, Any] = {
        "kinds": {name: type(value).__name__ for name, value in found.items()},
        "callable": [name for name, value in found.items() if callable(value)],
        "sources": {},
        "error": "",
        **more,
    }
    data = b""
    try:
        data = pickled(found)
        functions = [value for value in found.values() if isinstance(value, FunctionType)]
        about["sources"] = sources_of(functions)
    except Exception as error:
        about["error"] = f"{type(error).__name__}: {error}"[:2000]
    head = json.dumps(about).encode()
    with io.BytesIO() as stream:
        stream.write(head + b"\n" + data)
        _send(judge, stream.getvalue())
