"""The first process of a world that runs a program of the user's own, instead of a function.

Descriptors 0, 1 and 2, the folder, the environment, the session and the terminal are the user's;
only processes and IPC objects are the world's. Everything else is left as it was.
"""

import json
import os
import signal
import socket
from typing import Any, NoReturn

from autograder.sandbox import kernel, messages, seccomp

NOT_FOUND, NOT_EXECUTABLE = 127, 126


def main(report: socket.socket, payload_fd: int, init_fd: int, isolated: bool) -> NoReturn:
    """Execute the command of the payload; never returns."""
    try:
        with open(payload_fd, "rb") as stream:
            command = json.load(stream)
        os.chdir(command["folder"])
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        hand_over_listener(init_fd, seccomp.FILES | (frozenset() if isolated else seccomp.OBJECTS))
        _execute(command, report)
    except BaseException as error:
        messages.send(report, {"op": "setup-failed", "text": f"{type(error).__name__}: {error}"})
    os._exit(70)


def _execute(command: dict[str, Any], report: socket.socket) -> NoReturn:
    try:
        os.execve(command["program"], command["argv"], command["environment"])
    except OSError as error:
        text = f"{command['program']}: {error.strerror}"
        messages.send(report, {"op": "not-executed", "text": text})
        os._exit(NOT_FOUND if isinstance(error, FileNotFoundError) else NOT_EXECUTABLE)


def hand_over_listener(init_fd: int, also: frozenset[str]) -> None:
    """Let init watch the calls that make and end processes, from here on and for good.

    `also` names further calls that are watched.
    """
    with socket.socket(fileno=init_fd) as init:
        try:
            listener = seccomp.install(also)
        except OSError:
            return  # not in this kernel: explanations rest on what /proc shows alone
        messages.send(init, {"op": "listener"}, (listener,))
        os.close(listener)
