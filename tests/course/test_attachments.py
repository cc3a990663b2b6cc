"""The hidden check of `attachments` knows what the kernel does: real processes take its steps."""

import ast
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sysv_ipc

from autograder.observe.sysvipc import segment
from tests.course.conftest import ROOT, exercises_of

# One process of a trace. It reads one command at a time from the pipe that bears its name; a fork
# gives the child another name. Ended children are reaped by the kernel.
PUPPET = """
import os, signal, sys
import sysv_ipc
identifier, acknowledge = int(sys.argv[1]), int(sys.argv[2])
channels, me, held = dict(map(str.split, sys.argv[3].split(","))), sys.argv[4], []
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.write(acknowledge, b".")
while command := os.read(int(channels[me]), 100).decode().split():
    what = command[0]
    if what == "attach":
        held.append(sysv_ipc.attach(identifier))
    elif what == "detach":
        held.pop().detach()
    elif what == "exec":
        os.execv(sys.executable, [sys.executable, "-c", sys.orig_argv[2], *sys.argv[1:4], me])
    elif what == "remove":
        sysv_ipc.remove_shared_memory(identifier)
    elif what == "fork":
        if os.fork():
            continue
        me = command[2]
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    else:
        os._exit(0)
    os.write(acknowledge, b".")
"""
PATIENCE = 20.0  # seconds


def _trace() -> Callable[[random.Random, int], tuple[list[Any], list[int | None]]]:
    notebook = ROOT / "source" / "shared_memory" / "shared_memory.ipynb"
    checks = exercises_of(notebook)["attachments"].checks
    tree = ast.parse(checks["attachments-hidden-traces"])
    tree.body = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
    namespace: dict[str, Any] = {}
    exec(compile(tree, "trace", "exec"), namespace)
    return namespace["trace"]  # type: ignore[no-any-return]


def _shown(identifier: int) -> int | None:
    row = segment(identifier)
    return row.attached if row else None


class Stage:
    """A segment, and a pipe to each process that a trace will name."""

    def __init__(self, names: set[str]) -> None:
        made = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=100)
        made.detach()
        self.identifier: int = made.id
        self.pipes = {name: os.pipe() for name in names}
        self.acknowledged, acknowledge = os.pipe()
        told = ",".join(f"{name} {ends[0]}" for name, ends in self.pipes.items())
        program = [sys.executable, "-c", PUPPET, str(made.id), str(acknowledge), told, "A"]
        passed = [acknowledge, *(ends[0] for ends in self.pipes.values())]
        self.first = subprocess.Popen(program, pass_fds=passed)
        os.close(acknowledge)
        os.read(self.acknowledged, 1)

    def take(self, step: tuple[str, ...]) -> None:
        os.write(self.pipes[step[1]][1], " ".join(step).encode())
        if step[0] not in ("exit", "kill"):  # who ends does not answer any more
            os.read(self.acknowledged, 1)

    def close(self) -> None:
        for ends in self.pipes.values():
            for end in ends:
                os.close(end)  # end of file for everybody who still lives
        while os.read(self.acknowledged, 1):
            pass
        os.close(self.acknowledged)
        self.first.wait()
        if segment(self.identifier):
            sysv_ipc.remove_shared_memory(self.identifier)


@pytest.fixture
def stages() -> Iterator[Callable[[set[str]], Stage]]:
    made: list[Stage] = []

    def make(names: set[str]) -> Stage:
        made.append(Stage(names))
        return made[-1]

    yield make
    for stage in made:
        stage.close()


@pytest.mark.parametrize("seed", range(6))
def test_kernel_counts_as_the_hidden_check_does(
    stages: Callable[[set[str]], Stage], seed: int
) -> None:
    steps, numbers = _trace()(random.Random(seed), 24)
    stage = stages({name for step in steps for name in step[1:]})
    for step, number in zip(steps, numbers, strict=True):
        stage.take(step)
        patience = time.monotonic() + PATIENCE  # whoever ends needs a moment for it
        while (shown := _shown(stage.identifier)) != number and time.monotonic() < patience:
            time.sleep(0.001)
        assert shown == number, step


def test_traces_contain_every_kind_of_step_and_of_answer() -> None:
    told = [_trace()(random.Random(seed), 24) for seed in range(20)]
    kinds = {step[0] for steps, _ in told for step in steps}
    assert kinds == {"attach", "detach", "fork", "exec", "exit", "kill", "remove"}
    answers = {number for _, numbers in told for number in numbers}
    assert answers >= {None, 0, 1, 2, 3}
