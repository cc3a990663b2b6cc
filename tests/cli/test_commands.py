"""The command line as a user meets it: what it prints, and its exit codes."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from autograder.cli import main
from autograder.cli.main import COMMANDS
from autograder.sandbox import isolation

ROOT = Path(__file__).parents[2]
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)"}


def check_cell(name: str, source: str, points: float) -> object:
    about = {
        "grade": True,
        "grade_id": name,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
    }
    return v4.new_code_cell(source, id=name, metadata={"nbgrader": about})


def solution_cell() -> object:
    about = {
        "grade": False,
        "grade_id": "one",
        "locked": False,
        "schema_version": 3,
        "solution": True,
    }
    source = "def one():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"
    return v4.new_code_cell(source, id="one", metadata={"nbgrader": about})


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the assignment `t`, released; the current folder is its root."""
    shutil.copyfile(ROOT / "nbgrader_config.py", tmp_path / "nbgrader_config.py")
    check = "# Check: it is one\nfrom autograder import run\n\nrun('one').returns(1)"
    hidden = (
        "# Hidden check: still one\n### BEGIN HIDDEN TESTS\nfrom autograder import run\n"
        "run('one').returns(1)\n### END HIDDEN TESTS"
    )
    cells = [
        v4.new_markdown_cell("## 1. One", id="task"),
        solution_cell(),
        check_cell("one-check", check, 60),
        check_cell("one-hidden", hidden, 40),
    ]
    (tmp_path / "source/t").mkdir(parents=True)
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, tmp_path / "source/t/t.ipynb")
    monkeypatch.chdir(tmp_path)
    assert main(["release"]) == 0
    return tmp_path


def answer(path: Path, body: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = f"def one():\n    {body}"
    nbformat.write(notebook, path)


def test_a_student_starts_works_checks_and_submits(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "t"]) == 0
    mine = course / "work/t/t.ipynb"
    assert str(mine.parent) in capsys.readouterr().out
    assert main(["check", str(mine)]) == 1
    assert "✗ it is one  [0/60]" in capsys.readouterr().out
    answer(mine, "return 1")
    assert main(["check", str(mine)]) == 0
    out = capsys.readouterr().out
    assert "✓ it is one  [60/60]" in out
    assert "· still one  [hidden/40]" in out
    assert "60 of 60 points; 40 more points are given by hidden checks" in out
    assert main(["submit", "t"]) == 0
    where = Path(capsys.readouterr().out.removeprefix("Handed in: ").strip())
    assert (where / "t.ipynb").read_bytes() == mine.read_bytes()
    assert main(["grade", "--json", "results.json"]) == 0
    assert "100/100 graded" in capsys.readouterr().out
    written = json.loads((course / "results.json").read_text())
    assert [each["score"] for each in written["submissions"]] == [100]


def test_start_never_overwrites(course: Path) -> None:
    main(["start", "t"])
    mine = course / "work/t/t.ipynb"
    mine.write_text("my work")
    assert main(["start", "t"]) == 0
    assert mine.read_text() == "my work"


def test_start_leaves_the_release_alone(course: Path) -> None:
    before = (course / "release/t/t.ipynb").read_bytes()
    main(["start", "t"])
    answer(course / "work/t/t.ipynb", "return 2")
    assert (course / "release/t/t.ipynb").read_bytes() == before


def test_an_earlier_submission_is_kept(course: Path) -> None:
    main(["start", "t"])
    mine = course / "work/t/t.ipynb"
    for value in (1, 2, 3):
        answer(mine, f"return {value}")
        assert main(["submit", "t"]) == 0
    kept = sorted(course.glob("submitted/*/.earlier/t-*/t.ipynb"))
    texts = {path.read_text() for path in (*kept, *course.glob("submitted/*/t/t.ipynb"))}
    assert len(texts) == 3


def test_a_fifo_in_the_folder_does_not_stop_submit(course: Path) -> None:
    main(["start", "t"])
    os.mkfifo(course / "work/t/left")
    assert main(["submit", "t"]) == 0


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]"])
def test_submit_refuses_what_cannot_be_read(
    course: Path, text: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["start", "t"])
    (course / "work/t/t.ipynb").write_bytes(text)
    assert main(["submit", "t"]) == 2
    assert "Not handed in" in capsys.readouterr().err
    assert not (course / "submitted").exists()


def test_submit_goes_into_the_exchange_where_there_is_one(course: Path, tmp_path: Path) -> None:
    inbound = tmp_path / "exchange/ipc/inbound"
    inbound.mkdir(parents=True)
    (tmp_path / "exchange").chmod(0o777)
    outbound = tmp_path / "exchange/ipc/outbound/t"
    shutil.copytree(course / "release/t", outbound)
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n")
        file.write(f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
    main(["start", "t"])
    assert main(["submit", "t"]) == 0
    assert len(list(inbound.glob("*+t+*/t.ipynb"))) == 1
    assert not (course / "submitted").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["start", "nothing"], "no assignment 'nothing'"),
        (["start", "../source"], "no assignment"),
        (["submit", "t"], "Begin with: autograder start t"),
        (["check", "missing.ipynb"], "missing.ipynb is missing"),
        (["grade"], "has no submission"),
        (["grade", "--json", "no/where/results.json"], "is not there"),
        (["release", "nothing"], "no assignment 'nothing'"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    course: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1


def test_outside_a_course_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["grade"]) == 2
    assert "is not in a course" in capsys.readouterr().err


def test_check_json_is_one_object(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", "--json", "source/t/t.ipynb"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["schema"], report["score"], report["max_score"]) == (1, 100, 100)
    assert [check["outcome"] for check in report["checks"]] == ["passed", "passed"]


def test_check_writes_what_gradescope_reads(course: Path) -> None:
    main(["start", "t"])
    assert main(["check", "--gradescope", "g.json", "work/t/t.ipynb"]) == 1
    (test,) = json.loads(Path("g.json").read_text())["tests"]
    assert (test["name"], test["score"], test["max_score"]) == ("1. One: it is one", 0, 60)
    assert test["status"] == "failed"
    assert "not written yet" in test["output"]


def test_check_leaves_the_notebook_as_it_is(course: Path) -> None:
    before = (course / "source/t/t.ipynb").read_bytes()
    main(["check", "source/t/t.ipynb"])
    assert (course / "source/t/t.ipynb").read_bytes() == before


def test_a_failure_of_the_grader_has_exit_code_3(course: Path) -> None:
    notebook = nbformat.read("source/t/t.ipynb", as_version=4)
    broken = "# Check: broken\nfrom autograder.errors import SandboxError\nraise SandboxError('x')"
    notebook.cells[2].source = broken
    nbformat.write(notebook, "source/t/t.ipynb")
    assert main(["check", "source/t/t.ipynb"]) == 3
    folder = course / "submitted/alice/t"
    folder.mkdir(parents=True)
    shutil.copy(course / "release/t/t.ipynb", folder)
    assert main(["grade"]) == 3


def test_a_second_release_changes_nothing(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["release"]) == 0
    assert capsys.readouterr().out == "release/t/t.ipynb: unchanged\n"


def test_release_refuses_what_lint_refuses(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read("source/t/t.ipynb", as_version=4)
    notebook.cells[2].source = "# Check: by name\nassert one() == 1"
    nbformat.write(notebook, "source/t/t.ipynb")
    assert main(["release"]) == 1
    assert "does not make one" in capsys.readouterr().out


def test_doctor_finds_everything_on_a_machine_with_the_course(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for subject in ("Python", "isolation", "kernel python3", "nbgrader", "gcc"):
        assert subject in out


def test_doctor_and_readme_say_what_is_not_contained(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv(isolation.VARIABLE, isolation.PROCESS)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    readme = " ".join((ROOT / "README.md").read_text().split())
    for each in isolation.UNCONTAINED:
        assert each in told
        assert each in readme
    monkeypatch.setenv(isolation.VARIABLE, isolation.NAMESPACES)
    main(["doctor"])
    assert "not contained" not in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.NAME))
def test_help_has_an_example(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(vars(command)["NAME"])
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"autograder {name}" in capsys.readouterr().out.partition("examples:")[2]


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom autograder.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'nbgrader', 'nbformat', 'IPython', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_has_enough_is_no_error(course: Path) -> None:
    pipeline = f"{sys.executable} -m autograder.cli --help | head -n 1"
    done = subprocess.run(["sh", "-c", pipeline], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert pathlib.Path.cwd() == course
