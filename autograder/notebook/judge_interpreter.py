"""The judge's interpreter: a process of its own that executes check cells (see `judging`).

A check which hangs or breaks its interpreter costs neither nbgrader nor the batch. One packet a
request and an answer, everything in memory files as plain JSON. What takes longest to start, the
templates of the student's worlds, is started first.
"""

import json
import os
import signal
import socket
import sys
from typing import Any

from autograder.sandbox import judge, messages


def main(end: int) -> None:
    """Answer requests on the socket `end` until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to handle
    for kind in (judge.Kind.INTERPRETER, judge.Kind.PLAIN):
        judge.template(kind)
    from autograder.notebook.judging import Judge

    grader = socket.socket(fileno=end)
    judging = Judge()
    send(grader, {"ready": True})
    try:
        while (request := receive(grader)) is not None:
            send(grader, judging.answer(request))
    finally:
        judging.close()


def send(end: socket.socket, body: dict[str, Any]) -> None:
    """One object, of any size. Raises OSError."""
    fd = os.memfd_create("message")
    try:
        with os.fdopen(os.dup(fd), "wb") as stream:
            stream.write(json.dumps(body).encode("utf-8", "surrogatepass"))
        messages.send(end, {}, (fd,))
    finally:
        os.close(fd)


def receive(end: socket.socket) -> dict[str, Any] | None:
    """The next object; None at the end of the connection."""
    message = messages.receive(end)
    if message is None or not message.fds:
        return None
    with os.fdopen(message.fds[0], "rb") as stream:
        stream.seek(0)
        found: dict[str, Any] = json.loads(stream.read().decode("utf-8", "surrogatepass"))
        return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
