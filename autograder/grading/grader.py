"""One submission, from `submitted/` to a result.

    submitted/alice/pipes    is only read
      │ intake: mended notebooks, plain files
    staging/submitted        a temporary folder
      │ nbgrader's Autograde: our RestoreCells, our Execute; writes the gradebook
    staging/autograded ──── nbgrader's GenerateFeedback ──── staging/feedback
      │ both are moved into place, whole, when everything has worked (`place`)

So a grader that fails half-way leaves what an earlier run made, and a student is never shown half
a feedback. A notebook that cannot be read is replaced by a stand-in without answers, which is
not executed: all its checks fail with the reason.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import v4
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import NbGraderException

from autograder.errors import AutograderError
from autograder.grading import gradebook
from autograder.grading.course import Course
from autograder.grading.execute import UNREADABLE
from autograder.grading.execution import ENDED_EARLY, TIMED_OUT
from autograder.grading.intake import is_ignored, read_notebook
from autograder.grading.log import captured
from autograder.grading.nbgrader_app import configured_app
from autograder.grading.outcomes import open_reason
from autograder.grading.result import CheckResult, Result, Status
from autograder.notebook import cells


@dataclass(frozen=True)
class _Staging:
    """The temporary folders of one submission, laid out as nbgrader lays out a course."""

    root: Path
    student: str
    assignment: str

    def folder(self, step: str) -> Path:
        return self.root / step / self.student / self.assignment


def grade(
    course: Course, assignment: str, student: str, notebooks: tuple[str, ...], reuse: bool = True
) -> tuple[Result, Path | None]:
    """Grade one submission into the course's gradebook and a staging folder, which is returned.

    Without `reuse` every check is run again; new results are left in the staging folder, see
    `fresh_results`. Never raises but for KeyboardInterrupt: a failure is a result too, without a
    staging folder.
    """
    begin = time.monotonic()
    result = Result(assignment=assignment, student=student, status=Status.FAILED)
    folder: Path | None = None
    kept: Path | None = None
    try:
        # On the same file system as the course, so that moving into place is one rename.
        course.state.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="staging-", dir=course.state))
        result = _grade(course, _Staging(folder, student, assignment), notebooks, reuse)
        kept = folder
    except AutograderError as error:
        result = replace(result, notes=(str(error),))
    except Exception as error:
        result = replace(result, notes=(f"{type(error).__name__}: {error}".splitlines()[0],))
    finally:
        os.environ.pop("NBGRADER_EXECUTION", None)  # nbgrader leaves it set after a failure
        if folder is not None and kept is None:
            shutil.rmtree(folder, ignore_errors=True)
    return replace(result, seconds=round(time.monotonic() - begin, 2)), kept


def fresh_results(folder: Path) -> Path:
    """The file, in a staging folder, for results of checks that are new."""
    return folder / "fresh-results"


def _grade(
    course: Course, staging: _Staging, notebooks: tuple[str, ...], reuse: bool = True
) -> Result:
    if set(staging.student) & set("*?[]+"):
        raise AutograderError(
            "nbgrader cannot work with * ? [ ] or + in a student's id: rename the folder"
        )
    faults, notes = _stage(course, staging, notebooks)
    execute = {"fresh": str(fresh_results(staging.root)), "reuse": reuse}
    _convert(Autograde, course, staging, execute)
    _convert(GenerateFeedback, course, staging, {})
    autograded = staging.folder("autograded")
    read = _read_back(course, staging, notebooks, autograded)
    if read.left_open:
        status = Status.FAILED
    elif len(faults) == len(notebooks):
        status = Status.UNREADABLE
    else:
        status = Status.MENDED if faults or notes or read.mended else Status.GRADED
    return Result(
        assignment=staging.assignment,
        student=staging.student,
        status=status,
        notes=(*faults, *notes, *read.mended, *read.ended_early, *read.open_note()),
        checks=tuple(read.checks),
        feedback=str(course.feedback(staging.student, staging.assignment).relative_to(course.root)),
    )


def _stage(
    course: Course, staging: _Staging, notebooks: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill the staging folder; return what could not be read and what was mended."""
    submitted = course.submitted(staging.student, staging.assignment)
    target = staging.folder("submitted")
    target.mkdir(parents=True)
    faults: list[str] = []
    notes: list[str] = _copy_plain_files(submitted, target)
    for name in notebooks:
        intake = read_notebook(submitted / f"{name}.ipynb")
        notes += [f"{name}.ipynb {note}" for note in intake.notes]
        notebook = intake.notebook
        if intake.fault:
            faults.append(f"{name}.ipynb {intake.fault}")
            notebook = _stand_in(faults[-1])
        nbformat.write(notebook, target / f"{name}.ipynb")
    return tuple(faults), tuple(notes)


def _stand_in(fault: str) -> Any:
    text = f"**This submission could not be graded:** {fault}."
    return v4.new_notebook(
        cells=[v4.new_markdown_cell(text)], metadata={"autograder": {UNREADABLE: fault}}
    )


def _copy_plain_files(source: Path, target: Path) -> list[str]:
    """Copy what is beside the notebooks. Links, FIFOs and sockets stay behind, with a note."""
    notes = []
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(
            name for name in folders if not (is_ignored(name) or name.endswith(".ipynb"))
        )
        inside = target / Path(folder).relative_to(source)
        inside.mkdir(exist_ok=True)
        for name in sorted(files):
            path = Path(folder) / name
            if is_ignored(name) or name.endswith(".ipynb"):
                continue
            if path.is_symlink() or not path.is_file():
                notes.append(f"{path.relative_to(source)} is not a plain file: left out")
                continue
            shutil.copyfile(path, inside / name)
    return notes


def _convert(converter: Any, course: Course, staging: _Staging, execute: dict[str, Any]) -> None:
    """Run one of nbgrader's converters over the staging folder. Raises AutograderError."""
    steps = {
        f"{step}_directory": str(staging.root / step)
        for step in ("submitted", "autograded", "feedback")
    }
    app = configured_app(
        course,
        execute=execute,
        assignment_id=staging.assignment,
        student_id=staging.student,
        **steps,
    )
    with captured() as said:
        try:
            converter(coursedir=app.coursedir, parent=app).start()
        except (NbGraderException, SystemExit) as error:
            raise AutograderError(f"{converter.__name__}: {said.reason(error)}") from error


@dataclass
class _ReadBack:
    """What the autograded notebooks and the gradebook say."""

    checks: list[CheckResult] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    ended_early: list[str] = field(default_factory=list)
    left_open: dict[str, str] = field(default_factory=dict)  # why, by check cell

    def open_note(self) -> tuple[str, ...]:
        """Name the marks that stay open, and why the first one does."""
        if not self.left_open:
            return ()
        reason = next(iter(self.left_open.values()))
        return (f"no mark yet for {', '.join(self.left_open)}: {reason}",)


def _read_back(
    course: Course, staging: _Staging, notebooks: tuple[str, ...], autograded: Path
) -> _ReadBack:
    given = {
        (score.notebook, score.cell): score
        for score in gradebook.scores(course, staging.assignment, staging.student)
    }
    read = _ReadBack()
    for name in notebooks:
        notebook = nbformat.read(autograded / f"{name}.ipynb", as_version=4)
        about = notebook.metadata.get("autograder", {})
        if UNREADABLE not in about:
            read.mended += about.get("notes", [])
            read.ended_early += _ended_early(notebook.cells)
        for index, cell in enumerate(notebook.cells):
            score = given.get((name, cells.grading(cell).get("grade_id", "")))
            if score is None:
                continue
            if cells.is_check(cell) and (reason := open_reason(cell)):
                read.left_open[score.cell] = reason
            exercise = cells.section(notebook.cells, index)
            read.checks.append(
                CheckResult(
                    notebook=name,
                    cell=score.cell,
                    exercise=exercise,
                    title=cells.title(cell),
                    score=score.score,
                    max_score=score.max_score,
                    findings=cells.findings(cell) if cells.is_check(cell) else (),
                )
            )
    return read


def _ended_early(notebook_cells: list[Any]) -> list[str]:
    """Say which cells did not run to their end: a mark of zero has a reason a TA should see."""
    notes = []
    for number, cell in enumerate(notebook_cells, 1):
        ended = {
            out["ename"]: out["evalue"]
            for out in cell.get("outputs", [])
            if out["output_type"] == "error"
        }
        for name in ENDED_EARLY & ended.keys():
            notes.append(f"cell {number}: {ended[name]}")
            break
        else:
            if TIMED_OUT in ended:
                notes.append(f"cell {number}: the cell was stopped at the time limit")
    return notes


def place(course: Course, folder: Path, student: str, assignment: str) -> None:
    """Move the new folders to where the old ones are."""
    staging = _Staging(folder, student, assignment)
    for step in ("autograded", "feedback"):
        new = staging.folder(step)
        at = course.root / step / student / assignment
        at.parent.mkdir(parents=True, exist_ok=True)
        if at.exists():
            at.rename(staging.root / f"old-{step}")
        new.rename(at)
