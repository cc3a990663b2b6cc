"""`autograder grade`: a class."""

from __future__ import annotations

import argparse
import contextlib
import os
from pathlib import Path

NAME = "grade"
HELP = "grade submitted/ into autograded/, feedback/, reports/ and the gradebook"
EXAMPLES = (
    "autograder grade                          # all that was handed in to this course",
    "autograder grade pipes --student alice    # one submission",
    "autograder grade pipes --force            # again, though nothing has changed",
    "autograder grade --json results.json      # for other programs",
    "autograder grade --scheduler tcp://host:8786  # by the workers of a Dask cluster",
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "assignments", nargs="*", metavar="ASSIGNMENT", help="default: all that were handed in"
    )
    parser.add_argument(
        "--student", metavar="ID", help="only this student (a folder in submitted/)"
    )
    parser.add_argument(
        "--jobs", type=_count, metavar="N",
        help="how many submissions are graded at once (default: one a processor)",
    )  # fmt: skip
    parser.add_argument(
        "--force", action="store_true", help="grade again what has not changed since"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all results to FILE")
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help="let the workers of this Dask scheduler grade (tcp://host:8786); they see this folder",
    )  # fmt: skip


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def execute(options: argparse.Namespace) -> int:
    from autograder.errors import UsageError

    if options.json and not options.json.resolve().parent.is_dir():
        raise UsageError(f"--json: the folder {options.json.resolve().parent} is not there.")
    from autograder.grading import Course, batch, class_report, cluster, report
    from autograder.grading.progress import followed
    from autograder.grading.result import Status

    course = Course.find()
    submissions = batch.find(course, options.assignments, options.student)
    jobs = options.jobs or len(os.sched_getaffinity(0))
    with contextlib.ExitStack() as at_the_end:
        workers = None
        if options.scheduler:
            workers = at_the_end.enter_context(cluster.connected(options.scheduler, course.root))
        graded = batch.run(course, submissions, force=options.force, jobs=jobs, executor=workers)
        results = followed(graded, len(submissions))
    results.sort(key=lambda result: (result.assignment, result.student))
    if options.json:
        report.write_json(results, options.json)
    # A report on the class has to cover the class.
    pages = [] if options.student else class_report.write(results, course.reports)
    report.show(results, course, pages)
    return 3 if any(result.status is Status.FAILED for result in results) else 0
