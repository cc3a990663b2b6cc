"""What the student process tells about itself: forks, execs, and where it stands when asked.

These are witnesses, not judges: they help an explanation to name lines and variables, and count
what is too short to be seen from outside. A process that silences them loses its explanations,
nothing else.

- an audit hook (sys.addaudithook, inherited through fork) reports the calls that make processes;
- `SIGNAL_LINES` makes faulthandler write the lines of every thread to a private descriptor, even
  when the interpreter itself is blocked;
- `SIGNAL_NAMES` runs a Python handler between two system calls (PEP 475 restarts the call) that
  tells which variables name which descriptors, and whether a timer is armed.
"""

import contextlib
import faulthandler
import os
import signal
import socket
import sys
from types import FrameType
from typing import Any

from autograder.sandbox import messages

_LAST_SIGNAL = getattr(signal, "SIGRTMAX", 64)  # macOS has none; nor are there worlds
SIGNAL_LINES = _LAST_SIGNAL - 1
SIGNAL_NAMES = _LAST_SIGNAL - 2

_WATCHED = {
    "os.fork": "fork",
    "os.forkpty": "fork",
    "os.posix_spawn": "spawn",
    "os.spawn": "spawn",
    "os.exec": "exec",
    "os.system": "os.system",
    "subprocess.Popen": "subprocess",
    "pty.spawn": "pty",
    "os.kill": "kill",
}
_MAX_FRAMES = 40
_MAX_NAMES = 60
_HIGHEST_FD = 65536


def install(report: socket.socket, trace_fd: int) -> None:
    """Set up the three witnesses in this process; forked children inherit them."""

    def tell(body: dict[str, Any]) -> None:
        # Full or closed: the evidence is lost, the program goes on.
        with contextlib.suppress(OSError):
            messages.send(report, {**body, "inner": os.getpid()}, flags=socket.MSG_DONTWAIT)

    def audit(event: str, args: tuple[Any, ...]) -> None:
        kind = _WATCHED.get(event)
        if kind is not None:
            frame: FrameType | None = sys._getframe(1)
            where = [frame.f_code.co_filename, frame.f_lineno] if frame else ["", 0]
            tell({"op": "event", "kind": kind, "what": _what(event, args), "where": where})

    def born() -> None:
        tell({"op": "born", "parent": os.getppid()})

    def names(_: int, frame: FrameType | None) -> None:
        timer = signal.getitimer(signal.ITIMER_REAL)[0] > 0
        tell({"op": "names", "timer": timer, "frames": _frames(frame)})

    faulthandler.register(SIGNAL_LINES, file=trace_fd, all_threads=True)
    signal.signal(SIGNAL_NAMES, names)
    os.register_at_fork(after_in_child=born)
    global _report
    _report = report
    sys.addaudithook(audit)


_report: socket.socket | None = None


def snapshot(label: str = "") -> None:
    """Have the judge take a picture of all processes of the world, and wait until it has.

    Outside a world this does nothing.
    """
    if _report is None:
        return
    # The judge gets the write end and closes it when the picture is taken.
    read_end, write_end = os.pipe()
    try:
        frames = _frames(sys._getframe(1))
        body = {"op": "snapshot", "label": str(label)[:200], "frames": frames}
        messages.send(_report, body, (write_end,))
        os.close(write_end)
        write_end = -1
        os.read(read_end, 1)
    finally:
        for fd in (read_end, write_end):
            if fd >= 0:
                os.close(fd)


def _what(event: str, args: tuple[Any, ...]) -> str:
    """The program or argument of an event, shortened."""
    if event in ("os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "os.system"):
        position = 1 if event == "os.spawn" else 0
        value = args[position] if len(args) > position else ""
        if event == "subprocess.Popen" and value is None and len(args) > 1 and args[1]:
            value = args[1][0]
        try:
            return os.fsdecode(value)[:200]
        except TypeError:
            return ""
    return ""


def _frames(frame: FrameType | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while frame is not None and len(found) < _MAX_FRAMES:
        code = frame.f_code
        if "/autograder/sandbox/" not in code.co_filename:
            found.append(
                {
                    "file": code.co_filename,
                    "line": frame.f_lineno,
                    "function": code.co_name,
                    "names": _descriptor_names(frame),
                }
            )
        frame = frame.f_back
    return found


def _descriptor_names(frame: FrameType) -> list[list[Any]]:
    """[name, number] of the variables in a frame that may hold descriptors."""
    found: list[list[Any]] = []
    try:
        variables = dict(frame.f_locals)
    except RuntimeError:
        return []
    for name, value in variables.items():
        if name.startswith("__") or len(found) >= _MAX_NAMES:
            continue
        if type(value) is int and 0 <= value < _HIGHEST_FD:
            found.append([name, value])
        elif type(value) in (tuple, list) and len(value) <= 8:
            found += _elements(name, value)
    return found[:_MAX_NAMES]


def _elements(name: str, values: Any) -> list[list[Any]]:
    found: list[list[Any]] = []
    for index, value in enumerate(values):
        if type(value) is int and 0 <= value < _HIGHEST_FD:
            found.append([f"{name}[{index}]", value])
        elif type(value) in (tuple, list) and len(value) <= 4:
            found += [
                [f"{name}[{index}][{position}]", item]
                for position, item in enumerate(value)
                if type(item) is int and 0 <= item < _HIGHEST_FD
            ]
    return found
