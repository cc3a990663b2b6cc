"""Processes that spent their time asking read again and again, although it brought nothing.

Looked at when a process ends, from the kernel's own counters: /proc/PID/io counts the calls of
read and the bytes that they brought (proc_pid_io(5)).
"""

import os
import time
from dataclasses import dataclass, field

from autograder.observe.procfs import io_counters, read_stat

_FEWEST_CALLS = 20_000
_FEWEST_SECONDS = 0.3
_CALLS_PER_BYTE = 10
_START_BYTES = 1 << 14  # what a compiled program reads of its libraries when it starts
_BUSY_SHARE = 0.5
_MOST = 20
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Polling:
    """Rows: [pid, read calls, bytes they brought, seconds on a processor, seconds it lived]."""

    rows: list[list[float]] = field(default_factory=list)
    _begun: dict[int, tuple[int, int]] = field(default_factory=dict)

    def note_begin(self, pid: int) -> None:
        """An interpreter in `pid` has started and comes to the program's own code."""
        calls, size, _ = io_counters(pid)
        self._begun[pid] = (calls, size)

    def note_end(self, pid: int) -> None:
        """`pid` is about to end; raises `Vanished`."""
        calls, size, _ = io_counters(pid)
        before, read_before = self._begun.pop(pid, (0, min(size, _START_BYTES)))
        calls, size = calls - before, size - read_before
        if calls < _FEWEST_CALLS or size * _CALLS_PER_BYTE > calls or len(self.rows) >= _MOST:
            return
        stat = read_stat(pid)
        used = (stat.utime + stat.stime) / _TICK
        lived = time.clock_gettime(time.CLOCK_BOOTTIME) - stat.started / _TICK
        if used >= _FEWEST_SECONDS and used >= _BUSY_SHARE * lived:
            self.rows.append([pid, calls, size, used, lived])
