"""`autograder release`: make the students' version of an assignment."""

from __future__ import annotations

import argparse

NAME = "release"
HELP = "lint source/ and regenerate release/ from it"
EXAMPLES = (
    "autograder release             # every assignment in source/",
    "autograder release pipes",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="default: all in source/"
    )


def execute(options: argparse.Namespace) -> int:
    from autograder.errors import UsageError
    from autograder.grading import Course, lint
    from autograder.grading.release import release

    course = Course.find()
    known = course.assignments()
    for name in options.assignments:
        if name not in known:
            raise UsageError(
                f"There is no assignment {name!r} in source/ (there: {', '.join(known) or 'none'})."
            )
    for assignment in options.assignments or known:
        problems = lint.assignment_problems(course, assignment)
        for path in lint.notebooks(course.source(assignment)):
            problems += lint.notebook_problems(path)
        if problems:
            print(*problems, sep="\n")
            print(f"{assignment}: not released; mend what is said above first.")
            return 1
        for path, change in release(course, assignment).items():
            print(f"{path.relative_to(course.root)}: {change}")
    return 0
