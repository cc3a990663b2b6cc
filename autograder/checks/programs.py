"""Running a program of the user's own in a world, to say how it ended and why it hung."""

import os
import shlex
import shutil
from pathlib import Path

from autograder.checks.record import Run
from autograder.checks.running import record_of
from autograder.errors import UsageError
from autograder.sandbox import Limits, World


def run_program(argv: list[str], timeout: float | None = None) -> Run:
    """Run `argv` on this process's own standard descriptors, folder and environment.

    `timeout` in seconds; None: as long as it takes. Raises `UsageError` when there is no such
    program, `AutograderError` when the world cannot be made.
    """
    program = shutil.which(argv[0])
    if program is None:
        raise UsageError(f"{argv[0]}: there is no such program (looked in PATH)")
    command: dict[str, object] = {
        "program": str(Path(program).absolute()),
        "argv": argv,
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
    }
    with World(Path.cwd(), single=True, private=False) as world:
        watch = world.start_program(command, timeout if timeout is not None else float("inf"))
        world.pump(watch)
        return record_of(shlex.join(argv), watch.evidence, Limits())
