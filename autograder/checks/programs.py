"""Running a program of the user's own in a world, to say how it ended and why it hung."""

import os
import shlex
import shutil
import signal
import time
from pathlib import Path
from typing import Any

from autograder.checks.record import Run
from autograder.checks.running import record_of
from autograder.errors import UsageError
from autograder.sandbox import Evidence, World, inside
from autograder.sandbox.limits import inherited

MOST_PROCESSES = 1000
INTERRUPT_SECONDS = 0.3
INSISTENT = 3


def run_program(argv: list[str], timeout: float | None = None) -> Run:
    """Run `argv` on this process's own standard descriptors, folder and environment.

    `timeout` in seconds; None: as long as it takes. An interrupt (SIGINT) ends the whole world,
    unless the program handles it itself; the third one does always. Raises `UsageError` when
    there is no such program, `AutograderError` when the world cannot be made.
    """
    program = shutil.which(argv[0])
    if program is None:
        raise UsageError(f"{argv[0]}: there is no such program (looked in PATH)")
    path = Path(program).absolute()
    command: dict[str, object] = {
        "program": str(path),
        "argv": argv,
        "environment": _environment(path),
        "folder": str(Path.cwd()),
    }
    limits = inherited(MOST_PROCESSES)
    with World(Path.cwd(), limits.processes, single=True, private=False) as world:
        patience = timeout if timeout is not None else float("inf")
        watch = world.start_program(command, patience, limits)
        with _Interrupts() as interrupts:
            while not world.pump(watch, time.monotonic() + INTERRUPT_SECONDS):
                if interrupts.wish(watch.catches(signal.SIGINT)):
                    watch.interrupt()
        watch.evidence.interrupted |= interrupts.count > 0 and _ended_by_it(watch.evidence)
        return record_of(shlex.join(argv), watch.evidence, limits)


class _Interrupts:
    """Ctrl-C while a program runs: the terminal sends it to the program as well, which may end,
    or handle it and go on, as an interactive one does."""

    def __init__(self) -> None:
        self.count = 0
        self._before: Any = None

    def __enter__(self) -> "_Interrupts":
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, *_: object) -> None:
        self.count += 1

    def wish(self, handled: bool) -> bool:
        """Whether the run shall be ended: it is still there, and does not handle the signal, or
        the user insists."""
        return self.count >= INSISTENT or (self.count > 0 and not handled)


def _ended_by_it(evidence: Evidence) -> bool:
    return evidence.exit.signal == signal.SIGINT or evidence.exit.code == 128 + signal.SIGINT


def _environment(program: Path) -> dict[str, str]:
    """The caller's; a Python program is led past our witness, which takes its traces away again."""
    environment = dict(os.environ)
    if _is_python(program):
        before = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (inside.FOLDER, before)))
        environment |= {inside.KEPT: before} if before else {}
    return environment


def _is_python(program: Path) -> bool:
    """Whether it is an interpreter of Python, or a script for one."""
    if program.name.startswith("python"):
        return True
    try:
        with program.open("rb") as stream:
            first = stream.readline(200)
    except OSError:
        return False
    return first.startswith(b"#!") and b"python" in first
