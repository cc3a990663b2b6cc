"""nbgrader's settings for this course: what differs from its defaults, and why.

`nbgrader generate_assignment`, `autograde`, `generate_feedback`, Validate and formgrader all read
this file when they run in this folder. Where a class hands in through an exchange, name its folder
in `c.Exchange.root` here, or in a file of this name in one of the folders of `jupyter --paths`.
"""

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    OverwriteKernelspec,
)

from autograder.grading.intake import IGNORED_NAMES

c = get_config()  # noqa: F821 - given to this file by whoever loads it

c.CourseDirectory.course_id = "ipc"
# A FIFO or a socket that an exercise left would stop submit, autograde and feedback.
c.CourseDirectory.ignore = [*IGNORED_NAMES, "feedback"]

c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("replace this line by your code")'
}

# One plug-in in place of DeduplicateIds and OverwriteCells: a duplicated or deleted cell never ends
# a batch.
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    OverwriteKernelspec,
    "autograder.grading.repair.RestoreCells",
    CheckCellMetadata,
]
# In place of Execute: a dead kernel costs the cell that killed it, not the submission. In place of
# SaveAutoGrades: a failure of the grader's own leaves a mark open instead of giving zero. The
# metadata was checked above, and nothing here changes it.
c.Autograde.autograde_preprocessors = [
    "autograder.grading.execute.Execute",
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    "autograder.grading.marks.SaveGrades",
    AssignLatePenalties,
]
c.GenerateFeedback.exporter_class = "autograder.grading.page.FeedbackPage"
# A student sees a hidden check's title and outcome, not its text.
c.GenerateFeedback.preprocessors = [
    GetGrades,
    "autograder.grading.feedback.HideChecks",
    CSSHTMLHeaderPreprocessor,
]
