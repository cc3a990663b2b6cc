"""Running a program of the user's own in a world, to say how it ended and why it hung."""

import os
import shlex
import shutil
from pathlib import Path

from autograder.checks.record import Run
from autograder.checks.running import record_of
from autograder.errors import UsageError
from autograder.sandbox import World, inside
from autograder.sandbox.limits import inherited

MOST_PROCESSES = 1000


def run_program(argv: list[str], timeout: float | None = None) -> Run:
    """Run `argv` on this process's own standard descriptors, folder and environment.

    `timeout` in seconds; None: as long as it takes. Raises `UsageError` when there is no such
    program, `AutograderError` when the world cannot be made.
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
        world.pump(watch)
        return record_of(shlex.join(argv), watch.evidence, limits)


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
