"""Parsing /proc, with names and states that are easily got wrong."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.observe import WaitKind, take_snapshot
from autograder.observe.procfs import Vanished, children_of, read_stat, read_status, read_syscall
from autograder.observe.snapshot import survey


def test_name_with_brackets_and_spaces_does_not_confuse_stat(tmp_path: Path) -> None:
    program = tmp_path / "a) R 1 (b"
    shutil.copy(shutil.which("sleep") or "/bin/sleep", program)
    process = subprocess.Popen([program, "60"])
    try:
        stat = read_stat(process.pid)
        assert stat.command == "a) R 1 (b"
        assert stat.parent == os.getpid()
    finally:
        process.kill()
        process.wait()


def test_status_tells_which_signals_are_caught_and_ignored() -> None:
    own = read_status(os.getpid())
    assert own.ignored >> (signal.SIGPIPE - 1) & 1
    assert own.inner_pid == os.getpid()


def test_gone_process_has_vanished() -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    for read in (read_stat, read_status, children_of):
        with pytest.raises(Vanished):
            read(process.pid)
    with pytest.raises(Vanished):
        read_syscall(process.pid, process.pid)


def _blocked(code: str) -> subprocess.Popen[bytes]:
    """A child that prints a line and then blocks in what `code` does."""
    command = [sys.executable, "-I", "-c", f"import os, select, signal, time; {code}"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)


BLOCKING = {
    "os.read(0, 1)": WaitKind.READ,
    "r, w = os.pipe(); os.write(w, bytes(10**6))": WaitKind.WRITE,
    "select.select([0], [], [])": WaitKind.READY,
    "p = select.poll(); p.register(0); p.poll()": WaitKind.READY,
    "e = select.epoll(); e.register(0, 1); e.poll()": WaitKind.READY,
    "pid = os.fork() or time.sleep(60); os.waitpid(pid, 0)": WaitKind.CHILD,
    "select.select([0], [], [], 60)": WaitKind.OTHER,
    "time.sleep(60)": WaitKind.OTHER,
    "signal.pause()": WaitKind.OTHER,
}


@pytest.mark.parametrize(("code", "kind"), BLOCKING.items())
def test_blocked_call_is_read_from_outside(code: str, kind: WaitKind) -> None:
    process = _blocked(code)
    try:
        deadline = time.monotonic() + 20
        seen = None
        while time.monotonic() < deadline and seen is not kind:
            found = take_snapshot(os.getpid()).processes.get(process.pid)
            wait = found.tasks[0].wait if found and found.tasks else None
            seen = wait.kind if wait else None
        assert seen is kind
    finally:
        for pid in [*children_of(process.pid), process.pid]:
            os.kill(pid, signal.SIGKILL)
        process.communicate()


def test_zombie_is_seen_with_its_parent() -> None:
    process = subprocess.Popen(["true"])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert survey(os.getpid()).zombies[process.pid] == os.getpid()
    assert take_snapshot(os.getpid()).processes[process.pid].zombie
    process.wait()
