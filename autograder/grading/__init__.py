"""Grading: the course on disk, nbgrader's plug-ins, batches, reports.

The only package that imports nbgrader.

    course    where the folders of a course are
    intake    a submitted file, read whatever is wrong with it
    repair    submitted cells brought back to what the instructor released   (nbgrader plug-in)
    execute   the notebook run to its end, even past a dead kernel           (nbgrader plug-in)
    feedback  what a student may see of a graded notebook                    (nbgrader plug-in)
    grader    one submission from submitted/ to a result
    batch     a class, one submission at a time
    report    the table, the JSON file
    class_report  for TAs: points, checks, findings and who has them
    exports   CSV and Gradescope, through `nbgrader export`            (nbgrader plug-ins)
    progress  how a batch is getting on

Importing this package loads nothing heavy: a lesson's first cell does it.
"""

import sys

from autograder.grading.course import Course
from autograder.grading.workspace import start, submit

__all__ = ["Course", "start", "submit"]

# jsonschema, under nbformat, imports this to check IRIs, of which a notebook has none. Building its
# grammar takes three seconds of every command. None makes that import fail, as jsonschema allows.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
