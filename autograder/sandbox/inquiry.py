"""Asking processes that seem stuck where they stand, and measuring how busy the others are.

Only done when a run is about to be ended anyway, or when its own `snapshot` asks for it: a signal
interrupts a blocked call for a moment, and although Python restarts it, that is a disturbance.
"""

import contextlib
import os
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from autograder.observe.procfs import (
    Vanished,
    io_counters,
    read_link,
    read_stat,
    read_status,
    read_syscall,
    run_times,
)
from autograder.observe.stacks import python_stack
from autograder.observe.syscalls import name_of
from autograder.sandbox.evidence import Activity, Frame, Spin
from autograder.sandbox.witnesses import SIGNAL_LINES, SIGNAL_NAMES

if TYPE_CHECKING:
    from autograder.sandbox.watch import Watch

ANSWER_SECONDS = 0.1
MOST_ASKED = 40
MOST_READ = 8
QUIET_SECONDS = 0.004
SPIN_SECONDS = 0.25
_SPIN_LOOKS = 25
_STARVED_SECONDS = 2.0
_TICK = os.sysconf("SC_CLK_TCK")
_TRACE_LINE = re.compile(r'  File "(.*)", line (\d+) in (.*)')


def ask(watch: "Watch", pids: list[int]) -> dict[int, tuple[Frame, ...]]:
    """The stacks (innermost frame first) of those processes that answer within 0.1 s.

    Only for processes in calls that Python restarts unharmed: a write that has moved part of its
    bytes returns early when a signal comes, and so must not be disturbed (pipe(7), signal(7)).
    """
    for pid in pids:
        watch.channels.answers.pop(pid, None)  # an earlier answer is not this one
    asked = [pid for pid in pids if _signal(pid, SIGNAL_NAMES)]
    _wait(watch, lambda: all(pid in watch.channels.answers for pid in asked))
    answers = watch.channels.answers
    return {pid: answers[pid][1] for pid in asked if pid in answers and answers[pid][1]}


def ask_finally(
    watch: "Watch", pids: list[int], fragile: frozenset[int]
) -> dict[int, tuple[Frame, ...]]:
    """The stacks of the first 40 of `pids`, when it no longer matters what the signals do.

    One after the other, in the order given. Whoever's interpreter does not come round to answer
    has its lines written by faulthandler, without names. The `fragile`, and Python programs that
    were executed and so have no handlers of ours, are read from outside first (at most 8, some
    40 ms each).
    """
    stacks: dict[int, tuple[Frame, ...]] = {}
    for pid in pids[:MOST_READ]:
        if (pid in fragile or not _answers(pid)) and (frames := _read_stack(pid)):
            stacks[pid] = frames
    for pid in pids[:MOST_ASKED]:
        if pid not in stacks:
            stacks |= ask(watch, [pid])
        if pid not in stacks and (lines := _lines(watch, pid)):
            stacks[pid] = lines
    return stacks


def read_stacks(pids: list[int]) -> dict[int, tuple[Frame, ...]]:
    """The stacks of the first 8 of `pids`, read from outside: nobody is disturbed."""
    return {pid: frames for pid in pids[:MOST_READ] if (frames := _read_stack(pid))}


def _answers(pid: int) -> bool:
    """Whether the process has our handlers: it, or the one it was forked from, runs a function."""
    try:
        return bool(read_status(pid).caught >> (SIGNAL_NAMES - 1) & 1)
    except Vanished:
        return True


def _read_stack(pid: int) -> tuple[Frame, ...]:
    """The stack of another program, read from outside: of Python's frames, or of a compiled
    program the innermost one; empty where neither is to be had."""
    from autograder.observe.native import native_frame  # brings a reader of ELF: seldom needed

    frames = python_stack(pid) if _runs_python(pid) else ()
    found = tuple(Frame(each.file, each.line, each.function, each.names) for each in frames)
    if not found and (native := native_frame(pid)):
        return (Frame(native.file, native.line, native.function),)
    return found


def _runs_python(pid: int) -> bool:
    try:
        return "python" in os.path.basename(read_link(f"/proc/{pid}/exe"))
    except Vanished:
        return False


def _signal(pid: int, number: int) -> bool:
    """Send `number` if the process has a handler for it: without one it would be killed."""
    try:
        if not read_status(pid).caught >> (number - 1) & 1:
            return False
        os.kill(pid, number)
    except (Vanished, ProcessLookupError, PermissionError):
        return False
    return True


def _lines(watch: "Watch", pid: int) -> tuple[Frame, ...]:
    """The stack of a process's main thread, written by faulthandler at once."""
    watch.channels.trace.clear()
    if not _signal(pid, SIGNAL_LINES):
        return ()
    _wait(watch, lambda: bool(watch.channels.trace) and _rests(pid, watch))
    watch.channels.drain()
    text = bytes(watch.channels.trace).decode(errors="replace")
    threads = text.split("\n\n")
    found = _TRACE_LINE.findall(next((part for part in threads if "Current" in part), text))
    return tuple(
        Frame(file, int(line), function)
        for file, line, function in found
        if "/autograder/sandbox/" not in file
    )


def _rests(pid: int, watch: "Watch") -> bool:
    """Whether the main thread has left faulthandler's signal handler.

    It has when it is blocked again; one that computes has when nothing more comes for a while.
    """
    try:
        if read_syscall(pid, pid) is not None:
            return True
    except Vanished:
        return True
    size = len(watch.channels.trace)
    time.sleep(QUIET_SECONDS)
    watch.channels.drain()
    return len(watch.channels.trace) == size


def _wait(watch: "Watch", done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        watch.channels.drain()
        if done():
            return
        time.sleep(0.001)


def measure(watch: "Watch") -> Spin:
    """Watch the world for 0.25 s: what each process used, and the calls it was seen in.

    Longer, up to `_STARVED_SECONDS`, while a process that would run gets next to no processor.
    """
    first = _counters(watch)
    begun = time.monotonic()
    calls: dict[int, list[str]] = {pid: [] for pid in first}
    while True:
        for _ in range(_SPIN_LOOKS):
            watch.channels.drain()
            time.sleep(SPIN_SECONDS / _SPIN_LOOKS)
            for pid in first:
                with contextlib.suppress(Vanished):
                    blocked = read_syscall(pid, pid)
                    calls[pid].append(name_of(blocked[0]) if blocked else "running")
        last = _counters(watch)
        seconds = time.monotonic() - begun
        both = [pid for pid in first if pid in last]
        activity = {pid: _difference(first[pid], last[pid]) for pid in both}
        spin = Spin(seconds, activity, {pid: tuple(calls[pid]) for pid in both})
        if seconds >= _STARVED_SECONDS or not _starved(spin):
            return spin


def _starved(spin: Spin) -> bool:
    """Whether who wanted a processor most has had too little of it to be judged by what it did."""
    busiest = spin.busiest()
    return busiest is not None and spin.activity[busiest].cpu < SPIN_SECONDS / 4


def _counters(watch: "Watch") -> dict[int, Activity]:
    """The running totals of every living process of the world."""
    found = {}
    for process in watch.snapshot().living():
        with contextlib.suppress(Vanished):
            stat = read_stat(process.pid)
            cpu, waited = run_times(process.pid)
            counters = io_counters(process.pid)
            found[process.pid] = Activity(cpu, waited, stat.stime / _TICK, stat.faults, *counters)
    return found


def _difference(first: Activity, last: Activity) -> Activity:
    return Activity(
        cpu=last.cpu - first.cpu,
        waited=last.waited - first.waited,
        system=last.system - first.system,
        faults=last.faults - first.faults,
        read_calls=last.read_calls - first.read_calls,
        read_bytes=last.read_bytes - first.read_bytes,
        write_calls=last.write_calls - first.write_calls,
    )
