"""The students' package has all they need, and nothing that they must not see."""

import ast
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.cli import main
from autograder.errors import UsageError
from autograder.grading import Course
from autograder.grading.pack import FILES, FOLDERS, pack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    pack(Course(ROOT), folder / "course.zip")
    with zipfile.ZipFile(folder / "course.zip") as archive:
        archive.extractall(folder)
    return folder / "ipc-course"


@pytest.fixture
def copy(tmp_path: Path) -> Course:
    """A copy of what is packed, to be spoiled."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return Course(tmp_path)


def secrets() -> dict[str, set[str]]:
    """By assignment: lines of solutions and hidden checks that stand nowhere else in it."""
    found = {}
    for path in ROOT.glob("source/*/*.ipynb"):
        # What a hint says is no secret.
        hidden, shown, inside = set(), (path.parent / "hints.toml").read_text(), False
        for cell in nbformat.read(path, 4).cells:
            for line in cell.source.splitlines():
                inside = (inside or "### BEGIN " in line) and "### END " not in line
                if not inside:
                    shown += f"{line}\n"
                elif len(line.strip()) > 30 and "###" not in line:
                    hidden.add(line.strip())
        found[path.stem] = {line for line in hidden if line not in shown}
    return found


def test_no_line_of_a_solution_or_a_hidden_check_is_in_it(unpacked: Path) -> None:
    texts = {}
    for path in unpacked.rglob("*"):
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text())["cells"]
            texts[path] = "\n".join("".join(cell["source"]) for cell in cells)
        elif path.is_file() and path.suffix != ".png" and "autograder" not in path.parts:
            texts[path] = path.read_text()
    assert secrets().keys() == {path.name for path in (ROOT / "source").iterdir() if path.is_dir()}
    for assignment, lines in secrets().items():
        assert len(lines) > 20
        for path, text in texts.items():
            if path.parts[-2] in (assignment, "ipc-course"):
                assert not [line for line in lines if line in text], path


def test_no_marker_of_nbgrader_is_left_in_a_notebook(unpacked: Path) -> None:
    for path in unpacked.rglob("*.ipynb"):
        text = path.read_text()
        assert "BEGIN SOLUTION" not in text
        assert "HIDDEN TESTS" not in text


def test_instructors_folders_are_not_in_it(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == {*FOLDERS, *FILES}
    assert not list(unpacked.rglob("*.db"))
    assert not list(unpacked.rglob("__pycache__"))


def test_a_student_can_start_and_check_an_assignment_with_it(unpacked: Path) -> None:
    program = "from autograder.grading import start; print(start('pipes'))"
    environment = {"PATH": str(Path(sys.executable).parent), "PYTHONPATH": str(unpacked)}
    for command in (
        [sys.executable, "-c", program],
        [sys.executable, "-m", "autograder.cli", "check", "work/pipes/pipes.ipynb"],
    ):
        done = subprocess.run(
            command, cwd=unpacked, env=environment, capture_output=True, text=True, check=False
        )
        assert not done.stderr, done.stderr
    assert done.returncode == 1
    assert "0 of 63 points" in done.stdout
    shutil.rmtree(unpacked / "work")


def test_it_imports_nothing_that_is_left_out(unpacked: Path) -> None:
    for path in unpacked.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in ("tests", "benchmarks"), path


def test_the_same_course_gives_the_same_bytes(tmp_path: Path) -> None:
    made = [pack(Course(ROOT), tmp_path / name).path.read_bytes() for name in ("one", "two")]
    assert made[0] == made[1]


def test_a_solution_that_slipped_in_stops_it(copy: Course, tmp_path: Path) -> None:
    shutil.copy(ROOT / "source/pipes/pipes.ipynb", copy.root / "release/pipes/pipes.ipynb")
    with pytest.raises(UsageError, match="still has ### BEGIN SOLUTION"):
        pack(copy, tmp_path / "out.zip")
    assert not list(tmp_path.glob("*.zip*"))


def test_outputs_of_somebodys_run_stop_it(copy: Course, tmp_path: Path) -> None:
    path = copy.root / "notebooks" / "00_start_here.ipynb"
    notebook = nbformat.read(path, 4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.outputs = [nbformat.v4.new_output("stream", text="mine")]
    nbformat.write(notebook, path)
    with pytest.raises(UsageError, match="output"):
        pack(copy, tmp_path / "out.zip")


def test_a_part_that_is_missing_is_named(copy: Course, tmp_path: Path) -> None:
    shutil.rmtree(copy.root / "release")
    with pytest.raises(UsageError, match="has no release"):
        pack(copy, tmp_path / "out.zip")


def test_the_command_says_what_it_made(
    copy: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy.root / "source").mkdir()
    monkeypatch.chdir(copy.root)
    assert main(["pack"]) == 0
    assert "ipc-course.zip: " in capsys.readouterr().out
    assert zipfile.is_zipfile(copy.root / "build" / "ipc-course.zip")
    assert main(["pack", "--output", "no/where/x.zip"]) == 2
