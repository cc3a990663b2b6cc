"""Interrupting a cell ends its world; a hung check costs its own time-out and no more."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.observe.procfs import Vanished, command_line, descendants_of

ROOT = Path(__file__).parents[2]
MARK = "86399.25"  # seconds that nobody else sleeps
SETUP = f"""
import os, signal
from autograder import run, sandbox

def sleeps():
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        os.execvp("sleep", ["sleep", "{MARK}"])
    os.wait()

def stops():
    os.kill(os.getpid(), signal.SIGSTOP)
"""
HANGING = {
    "run": 'run("sleeps", timeout=600)',
    "with sandbox": 'with sandbox() as box:\n    box.run("sleeps", timeout=600)',
    "a job": 'with sandbox() as box:\n    box.start("sleeps", timeout=600).wait()',
    "%%sandbox": "%%sandbox --timeout 600\nsleeps()",
}


def sleepers(kernel: int) -> list[int]:
    """Processes below the kernel that sleep as `sleeps` does."""
    found = []
    for pid in descendants_of(kernel):
        try:
            if MARK in command_line(pid):
                found.append(pid)
        except Vanished:
            continue
    return found


@pytest.mark.parametrize("cell", HANGING.values(), ids=HANGING)
def test_interrupted_cell_ends_its_world(level: str, kernel: Any, cell: str) -> None:
    kernel.run(SETUP)
    request = kernel.send(cell)
    while not (started := sleepers(kernel.pid)):
        assert kernel.manager.is_alive()
        time.sleep(0.01)
    kernel.manager.interrupt_kernel()
    names = [message["content"].get("ename") for message in kernel.finish(request)]
    assert "KeyboardInterrupt" in names
    # Ended before the kernel was done with the cell, not some time later.
    assert not [pid for pid in started if os.path.exists(f"/proc/{pid}")]
    assert kernel.run("print(run(lambda: 7).value)") == "7\n"


@pytest.mark.parametrize("function", ["sleeps", "stops"])
def test_hung_check_ends_with_its_time_out(level: str, kernel: Any, function: str) -> None:
    kernel.run(SETUP)
    text = kernel.run(f'print(run("{function}", timeout=0.5).outcome)')
    assert text == "timeout\n"
    assert not sleepers(kernel.pid)


def test_interrupted_panel_ends_its_check_and_says_so(level: str, kernel: Any) -> None:
    setup = f"""
from pathlib import Path
from autograder.labs.panel_view import Panel
from autograder.notebook.exercises import find_exercise
found = find_exercise("ping_pong", Path({str(ROOT / "release/pipes")!r}))
shown = Panel(found, globals())
shown.folder = Path(__import__("tempfile").mkdtemp())
def ping_pong(messages, reply):
    sleeps()
"""
    kernel.run(SETUP + setup)
    request = kernel.send("shown.run.click()")
    while not (started := sleepers(kernel.pid)):
        assert kernel.manager.is_alive()
        time.sleep(0.01)
    kernel.manager.interrupt_kernel()
    kernel.finish(request)
    assert not [pid for pid in started if os.path.exists(f"/proc/{pid}")]
    told = kernel.run("print(shown.note.value, shown.run.disabled, len(shown.progress.results))")
    assert "Interrupted" in told
    assert told.endswith("False 0\n")
