"""`autograder start`: take a copy of an assignment to work on."""

from __future__ import annotations

import argparse

NAME = "start"
HELP = "copy an assignment to work/, where you write your answers"
EXAMPLES = ("autograder start pipes        # makes work/pipes; calling it again loses nothing",)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="name of a folder in release/")


def execute(options: argparse.Namespace) -> int:
    from autograder.grading import start

    print(f"Your copy: {start(options.assignment)}")
    return 0
