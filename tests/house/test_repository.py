"""What git has: notebooks without outputs, a release that fits its source, no path of a machine."""

import getpass
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

from autograder.grading import Course, lint
from autograder.grading.release import release
from autograder.grading.sample import CLASS, build

ROOT = Path(__file__).parents[2]
COURSE = Course(ROOT)


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--", *patterns]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_the_course_passes_its_own_linter() -> None:
    assert [str(problem) for problem in lint.course_problems(COURSE)] == []


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_release_is_what_the_source_gives(assignment: str, tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "nbgrader_config.py", tmp_path / "nbgrader_config.py")
    shutil.copytree(COURSE.source(assignment), Course(tmp_path).source(assignment))
    shutil.copytree(COURSE.release(assignment), Course(tmp_path).release(assignment))
    changes = release(Course(tmp_path), assignment)
    assert set(changes.values()) == {"unchanged"}, "run `make release` and commit the result"


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_the_release_has_no_solution_and_no_hidden_check(assignment: str) -> None:
    for path in lint.notebooks(COURSE.release(assignment)):
        text = path.read_text()
        for words in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS"):
            assert words not in text


def test_no_notebook_in_git_has_outputs() -> None:
    for path in tracked("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs"), f"{path}: {cell.id}"


def test_no_tracked_file_names_this_machine_or_a_registry() -> None:
    home = str(Path.home())
    # Spelt in two parts, so that this file passes its own test.
    words = [f"{ROOT}/", "pypi" + ".org", "files.python" + "hosted.org", "registry.npm" + "js.org"]
    if len(home) > len("/x"):
        words.append(f"{home}/")
    user = getpass.getuser()
    words.append(f"/home/{user}/")
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        for word in words:
            assert word not in text, f"{path} has {word}"


def test_every_make_command_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    readme = (ROOT / "README.md").read_text()
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", readme, flags=re.MULTILINE))
    assert {"lab", "test", "grade"} <= named <= targets


def test_every_autograder_command_of_the_readme_is_there() -> None:
    from autograder.cli.main import COMMANDS

    named = set(re.findall(r"`autograder ([a-z]+)", (ROOT / "README.md").read_text()))
    assert named <= {command.NAME for command in COMMANDS}
    assert named >= {"check", "grade", "submit", "doctor"}


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text()):
        if "://" not in target:
            assert (ROOT / target).exists(), target


def test_the_sample_class_is_built_the_same_twice(tmp_path: Path) -> None:
    made = build(COURSE, tmp_path)
    files = [path for path in (tmp_path / "submitted").rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    build(COURSE, tmp_path)
    assert {path: path.read_bytes() for path in before} == before
    assert made.submissions("pipes") == tuple(sorted(student.name for student in CLASS))
    assert len(CLASS) >= 8
