"""The template: a small single-threaded Python that forks worlds and never runs student code.

Started with exec (so that nothing of a notebook kernel's threads and sockets comes along), its
imports are done once, here. For every request it makes one world:

    namespaces:  template -> opener (unshares, then exits) -> init, PID 1 of the world
    process:     template -> init, a subreaper

The template is a subreaper itself: openers, inits and whatever loses its init end up here and
are reaped; a stray process without an init is killed. It ends when the judge closes the socket.
"""

import importlib
import os
import select
import signal
import socket
import sys
from typing import NoReturn

from autograder.observe.procfs import Vanished, children_of
from autograder.sandbox import init, kernel, messages, namespaces
from autograder.sandbox.isolation import NAMESPACES


def main(fd: int) -> None:
    """Serve world requests from the judge until its end of the socket is closed."""
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the judge's to handle
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    judge = socket.socket(fileno=fd)
    inits: set[int] = set()
    while True:
        ready, _, _ = select.select([fd, wake_read], [], [])
        if wake_read in ready:
            os.read(wake_read, 4096)
            _reap(inits)
        if fd in ready:
            request = messages.receive(judge)
            if request is None:
                return
            inits.add(_make_world(request))
            messages.close_all(request.fds)


def _reap(inits: set[int]) -> None:
    """Collect ended children; kill those that outlived their init (`process` level)."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            break
        inits.discard(pid)
    try:
        strays = set(children_of(os.getpid())) - inits
    except Vanished:
        return
    for pid in strays:
        os.kill(pid, signal.SIGKILL)


def _make_world(request: messages.Message) -> int:
    """Fork the first process of a world; returns the init's pid."""
    control = request.fds[0]
    if request.body["level"] != NAMESPACES:
        pid = os.fork()
        if pid == 0:
            _serve(control, request)
        return pid
    tell_read, tell_write = os.pipe()
    opener = os.fork()
    if opener == 0:
        _open(control, request, tell_write)
    os.close(tell_write)
    with os.fdopen(tell_read, "rb") as stream:
        told = stream.read()
    return int(told) if told else 0


def _open(control: int, request: messages.Message, tell: int) -> NoReturn:
    """The opener: enter the namespaces, leave PID 1 behind, say its pid, end."""
    try:
        namespaces.enter(bool(request.body["private"]))
        pid = os.fork()
        if pid == 0:
            os.close(tell)
            _serve(control, request)
        os.write(tell, str(pid).encode())
        os._exit(0)
    except BaseException as error:
        _refuse(control, error)


def _serve(control: int, request: messages.Message) -> NoReturn:
    """In the init: shed what belongs to the template, then serve."""
    try:
        signal.set_wakeup_fd(-1)
        if control != 3:
            os.dup2(control, 3, inheritable=False)
        os.closerange(4, os.sysconf("SC_OPEN_MAX"))
        init.main(socket.socket(fileno=3), request.body)
    except BaseException as error:
        _refuse(3 if control != 3 else control, error)


def _refuse(control: int, error: BaseException) -> NoReturn:
    try:
        with socket.socket(fileno=control) as end:
            messages.send(end, {"op": "failed", "text": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(1)


if __name__ == "__main__":
    for module in sys.argv[2:]:
        importlib.import_module(module)
    main(int(sys.argv[1]))
