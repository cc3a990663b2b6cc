"""The student process: from init's fork to the completion record.

The runner installs the run's descriptors, limits and observers, calls the student's function and
writes the record: the outcome in a packet, the value in a memory file. It then stands still at
the *gate* until the judge has looked at its children and descriptors from outside, and ends in
`_exit(2)`. A forked child that comes back from the function is told apart by its pid: it says so
and ends; the record is never its to write.
"""

import contextlib
import gc
import io
import linecache
import os
import pickle
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from autograder.sandbox import kernel, messages, plain, seccomp, witnesses
from autograder.sandbox.exit_codes import exit_code
from autograder.sandbox.inside.file_buffers import FileBuffers
from autograder.sandbox.limits import Limits, apply, lift_descriptors
from autograder.sandbox.program import hand_over_listener
from autograder.sandbox.sealed import Sealed, unseal


def main(request: dict[str, Any], fds: list[int], isolated: bool) -> NoReturn:
    """Never returns: ends the process with the student's exit status, or 70 on a set-up failure."""
    limits = Limits(**request["limits"])
    stdin, stdout, stderr, *private = fds
    private = lift_descriptors(private, max(limits.open_files, 3))
    report_fd, payload_fd, result_fd, trace_fd, *extra, init_fd = private
    report = socket.socket(fileno=report_fd)
    try:
        _install_streams((stdin, stdout, stderr), report_fd)
        _install_process(request, limits, isolated)
        # Before anything of the student's is loaded: init waits for it.
        also = frozenset[str]() if isolated else seccomp.OBJECTS | seccomp.FILES
        hand_over_listener(init_fd, also)
        gc.freeze()  # what is there now is not the student's, and need not be looked through
        buffers = FileBuffers()
        target, args, kwargs = _load(payload_fd, request)
        args = (*extra, *args)
    except BaseException as error:
        text = "".join(traceback.format_exception(error))
        messages.send(report, {"op": "setup-failed", "text": text[-8000:]})
        os._exit(70)
    record = _Record(report, result_fd, buffers)
    witnesses.install(report, trace_fd)
    record.write(target, args, kwargs)


def _install_streams(fds: tuple[int, int, int], first_private: int) -> None:
    """Descriptors 0, 1, 2, and nothing else below the private ones."""
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
    os.closerange(3, first_private)
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = open(1, "w", 1, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = open(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _install_process(request: dict[str, Any], limits: Limits, own_user: bool) -> None:
    os.setsid()
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as every Python starts
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    os.umask(0o022)
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    apply(limits, own_user)
    kernel.drop_capabilities()


def _load(payload_fd: int, request: dict[str, Any]) -> tuple[Any, Any, Any]:
    sys.path[:] = request["path"]
    sys.argv = [""]
    with open(payload_fd, "rb") as stream:
        target, args, kwargs, sources = pickle.load(stream)
    for name, lines in sources.items():
        linecache.cache[name] = (sum(map(len, lines)), None, lines, name)
    return target, args, kwargs


class _Record:
    """Calls the function and writes how that ended."""

    def __init__(self, report: socket.socket, result_fd: int, buffers: FileBuffers) -> None:
        self.report = report
        self.result_fd = result_fd
        self.buffers = buffers
        self.owner = os.getpid()

    def write(
        self, target: Callable[..., Any] | Sealed, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> NoReturn:
        code = 0
        try:
            function, args, kwargs = unseal((target, args, kwargs))
            body = self._returned(function(*args, **kwargs))
        except SystemExit as request:
            code = exit_code(request)
            body = {"outcome": "exited"}
        except BaseException as error:
            body = self._raised(error)
            code = 1
        self._finish(body, code)

    def _returned(self, value: Any) -> dict[str, Any]:
        if os.getpid() != self.owner:
            return {"outcome": "ran-on"}
        try:
            encoded = plain.encode(value)
        except plain.NotPlain as error:
            return {"outcome": "raised", "exception": _describe(TypeError(f"returned {error}"))}
        with open(self.result_fd, "wb", closefd=False) as stream:
            stream.write(encoded)
        return {"outcome": "returned"}

    def _raised(self, error: BaseException) -> dict[str, Any]:
        if os.getpid() != self.owner:
            # What an interpreter does with an uncaught exception in any process of its own.
            with contextlib.suppress(OSError, ValueError):
                traceback.print_exception(error)
            return {"outcome": "child-raised", "exception": _describe(error)}
        return {"outcome": "raised", "exception": _describe(error)}

    def _finish(self, body: dict[str, Any], code: int) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
                stream.flush()
        owner = os.getpid() == self.owner
        op = "completed" if owner else "child-completed"
        with contextlib.suppress(OSError):
            self.report.setblocking(True)
            messages.send(self.report, {"op": op, "inner": os.getpid(), **body})
            if owner:
                self.report.recv(1)  # the gate
        self.buffers.end(code)


def _describe(error: BaseException) -> dict[str, Any]:
    """Plain facts of an exception: types (own and bases), message, errno, the student's frames."""
    frames = [
        [frame.filename, frame.lineno or 0, frame.name]
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__
    ]
    try:
        message = str(error)
    except Exception:
        message = "(its text cannot be shown)"
    kinds = [kind.__qualname__ for kind in type(error).__mro__ if kind is not object]
    errno = error.errno if isinstance(error, OSError) else None
    return {"types": kinds[:20], "message": message[:4000], "errno": errno, "frames": frames[-50:]}
