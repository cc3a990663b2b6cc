"""`autograder pack`: what students get."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "pack"
HELP = "put lessons, release/ and the package into a zip file for students, without solutions"
EXAMPLES = (
    "autograder pack                       # build/ipc-course.zip",
    "autograder pack --output ~/ipc.zip",
)
_DEFAULT = Path("build") / "ipc-course.zip"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help=f"default: {_DEFAULT} in the course"
    )


def execute(options: argparse.Namespace) -> int:
    from autograder.errors import UsageError
    from autograder.grading import Course
    from autograder.grading.pack import pack

    course = Course.find()
    target: Path = options.output or course.root / _DEFAULT
    if options.output is None:
        target.parent.mkdir(exist_ok=True)
    if not target.resolve().parent.is_dir():
        raise UsageError(f"--output: the folder {target.resolve().parent} is not there.")
    packed = pack(course, target)
    print(f"{packed.path}: {packed.files} files, {packed.size / 1e6:.1f} MB")
    return 0
