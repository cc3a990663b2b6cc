"""`autograder lint`: the notebooks in git."""

from __future__ import annotations

import argparse

NAME = "lint"
HELP = (
    "check the notebooks of the course: no outputs, stable ids, self-contained checks, 100 points"
)
EXAMPLES = ("autograder lint                # all of notebooks/, source/ and release/",)


def arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def execute(options: argparse.Namespace) -> int:
    from autograder.grading import Course, lint

    course = Course.find()
    problems = lint.course_problems(course)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "No problems.")
    return 1 if problems else 0
