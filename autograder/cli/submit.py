"""`autograder submit`: hand in an assignment."""

from __future__ import annotations

import argparse

NAME = "submit"
HELP = "hand in your copy of an assignment"
EXAMPLES = (
    "autograder submit pipes       # into the exchange if there is one, else submitted/$USER/",
    "autograder submit pipes       # again: the earlier one is kept in $USER/.earlier/",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="name of a folder in work/")


def execute(options: argparse.Namespace) -> int:
    from autograder.grading import submit

    print(f"Handed in: {submit(options.assignment)}")
    return 0
