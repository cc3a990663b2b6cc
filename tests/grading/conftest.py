"""A small course with one assignment, `t`: two exercises, a hidden check, 100 points."""

import copy
import shutil
from collections.abc import Callable
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import nbformat
import pytest
from kernels import warm_jupyter  # noqa: F401 - a fixture
from nbformat import v4

from autograder.grading import Course, gradebook

ROOT = Path(__file__).parents[2]
RUN = "from autograder import run"
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def code(name: str, source: str, points: float | None = None, solution: bool = False) -> Any:
    about = {
        "grade": points is not None,
        "grade_id": name,
        "locked": points is not None,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        about["points"] = points
    return v4.new_code_cell(source, id=name, metadata={"nbgrader": about})


def solution(name: str, body: str) -> Any:
    source = f"def {name}():\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION"
    return code(name, source, solution=True)


def hidden(name: str, source: str, points: float) -> Any:
    text = f"# Hidden check: {name}\n### BEGIN HIDDEN TESTS\n{source}\n### END HIDDEN TESTS"
    return code(name, text, points)


def source_notebook() -> Any:
    cells = [
        v4.new_markdown_cell("# Tiny", id="title"),
        v4.new_markdown_cell("## Exercise one", id="one-task"),
        solution("one", "return 1"),
        code("one-check", f"# Check: it is one\n{RUN}\nrun('one').returns(1)", 40),
        hidden(
            "one-hidden",
            f"{RUN}\nsecret = 'SECRET'\nprint(secret)\nassert run('one').value == 1, secret",
            10,
        ),
        v4.new_markdown_cell("## Exercise two", id="two-task"),
        solution("two", "return 2"),
        code("two-check", f"# Check: it is two\n{RUN}\nrun('two').returns(2)", 50),
    ]
    return v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


class TinyCourse:
    """A course in a temporary folder, and students to put into it."""

    def __init__(
        self, root: Path, gradebook_file: Path, config: str = "", source: Any = None
    ) -> None:
        self.course = Course(root)
        shutil.copyfile(gradebook_file, root / gradebook_file.name)
        shutil.copyfile(ROOT / "nbgrader_config.py", root / "nbgrader_config.py")
        with (root / "nbgrader_config.py").open("a") as file:
            file.write(config)
        self.source = source or source_notebook()
        self.write_source()

    def write_source(self) -> None:
        folder = self.course.source("t")
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(self.source, folder / "t.ipynb")

    def answer(self) -> Any:
        """A perfect submission, as a notebook."""
        notebook = copy.deepcopy(self.source)
        for cell in notebook.cells:
            if "SOLUTION" in cell.source:
                lines = cell.source.splitlines()
                cell.source = "\n".join(line for line in lines if "SOLUTION" not in line)
        return notebook

    def submit(
        self,
        student: str,
        change: Callable[[Any], None] | None = None,
        text: bytes | None = None,
    ) -> Path:
        """Hand in a perfect notebook, changed by `change`, or else the bytes `text`."""
        folder = self.course.submitted(student, "t")
        folder.mkdir(parents=True, exist_ok=True)
        notebook = self.answer()
        if change:
            change(notebook)
        if text is None:
            nbformat.write(notebook, folder / "t.ipynb")
        else:
            (folder / "t.ipynb").write_bytes(text)
        return folder


@pytest.fixture(scope="session", autouse=True)
def _resource_tracker() -> None:
    """multiprocessing starts one with the first pool, and keeps it."""
    resource_tracker.ensure_running()


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook without a course: making one takes nbgrader two seconds."""
    root = tmp_path_factory.mktemp("gradebook")
    with gradebook.opened(Course(root)):
        return root / "gradebook.db"


@pytest.fixture
def tiny(tmp_path: Path, empty_gradebook: Path) -> TinyCourse:
    return TinyCourse(tmp_path, empty_gradebook)


@pytest.fixture(scope="module")
def big_course(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> TinyCourse:
    """One for a whole class: cells are stopped after a few seconds, enough for those that end."""
    quick = "\nc.Execute.timeout = 3\n"
    return TinyCourse(tmp_path_factory.mktemp("class"), empty_gradebook, quick)
