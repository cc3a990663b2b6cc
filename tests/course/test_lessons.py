"""The lessons have the promised shape, and each of them runs from top to bottom."""

import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from tests.course.conftest import ROOT
from tests.course.links import headings, read, texts

LESSONS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
LONGEST_CELL = 12  # lines
PICTURE = 'role="img"'
EXPECTED_ERROR = "raises-exception"
SECTIONS = {"Objectives", "Checkpoint", "Recap", "Questions", "Glossary"}
EXECUTE = "from nbclient.cli import main; main()"

each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)


@each_lesson
def test_lesson_has_all_its_parts(lesson: Path) -> None:
    assert set(headings(texts(lesson))) >= SECTIONS
    text = texts(lesson)
    for step in ("**Predict", "**Explain", "**Change one thing"):
        assert text.count(step) >= 4, f"too few times {step}"
    assert "| blocks when | errno | what /proc shows |" in text


@each_lesson
def test_questions_are_five_to_eight_with_hidden_answers(lesson: Path) -> None:
    questions = texts(lesson).partition("## Questions")[2].partition("## Glossary")[0]
    numbers = re.findall(r"^(\d+)\. ", questions, re.M)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert 5 <= len(numbers) <= 8
    assert questions.count("<details><summary>Answer</summary>") == len(numbers)
    assert questions.count("</details>") == len(numbers)


@each_lesson
def test_code_cells_are_short(lesson: Path) -> None:
    cells = [cell for cell in read(lesson).cells if cell.cell_type == "code"]
    long = {cell.id: cell.source.count("\n") + 1 for cell in cells}
    assert not {name for name, lines in long.items() if lines > LONGEST_CELL}


@each_lesson
def test_cells_that_fork_run_in_a_sandbox(lesson: Path) -> None:
    for cell in read(lesson).cells:
        forks = re.search(r"os\.(fork|exec|posix_spawn)|subprocess\.", cell.source)
        if cell.cell_type == "code" and forks:
            inside = cell.source.startswith(("%%sandbox", "def "))
            assert inside, f"{cell.id} forks in the kernel"


@pytest.mark.parametrize("lesson", LESSONS[1:], ids=lambda path: path.stem)
def test_lesson_names_the_pages_of_the_manual_with_their_sections(lesson: Path) -> None:
    (line,) = re.findall(r"^The manual: (.+(?:\n.+)*)\.$", texts(lesson), re.M)
    pages = re.sub(r"\s+", " ", line).split(", ")
    assert len(pages) >= 5
    assert not [page for page in pages if not re.fullmatch(r"`[\w.]+\([1-8]\)`", page)]


def test_neighbours_link_to_each_other() -> None:
    for earlier, later in pairwise(LESSONS):
        assert f"**Next:** [{_title(later)}]({later.name})" in texts(earlier)
        assert f"**Previous:** [{_title(earlier)}]({earlier.name})" in texts(later)


def _title(notebook: Path) -> str:
    return texts(notebook).splitlines()[0].removeprefix("# ")


@pytest.mark.parametrize(
    "notebook",
    sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("source/*/*.ipynb")]),
    ids=lambda path: path.stem,
)
def test_notebook_is_stripped_and_stable(notebook: Path) -> None:
    content = read(notebook)
    names = [cell.id for cell in content.cells]
    assert len(names) == len(set(names))
    assert not [name for name in names if re.fullmatch(r"[0-9a-f]{8}(-.*)?", name)], (
        "made by chance"
    )
    for cell in content.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert (
        notebook.read_text(encoding="utf-8") == nbformat.writes(content, indent=1).rstrip() + "\n"
    )


@pytest.fixture
def course(tmp_path: Path, level: str) -> Path:
    """A copy of what a student needs, at both isolation levels: a lesson may write into it."""
    for name in ("notebooks", "release"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def _executed(notebook: Path, course: Path) -> nbformat.NotebookNode:
    """Run a notebook in a real kernel, in a process of its own, and read it back."""
    copy = course / "notebooks" / notebook.name
    command = [sys.executable, "-c", EXECUTE, "--inplace", "--allow-errors", "--timeout=60"]
    own = {"IPYTHONDIR": str(course / "ipython"), "JUPYTER_RUNTIME_DIR": str(course / "runtime")}
    done = subprocess.run(
        [*command, str(copy)],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return read(copy)


@each_lesson
def test_lesson_runs_from_top_to_bottom(lesson: Path, course: Path) -> None:
    shown = ""
    executed = _executed(lesson, course)
    for cell in executed.cells:
        outputs = cell.get("outputs", [])
        errors = [output.evalue for output in outputs if output.output_type == "error"]
        expected = EXPECTED_ERROR in cell.metadata.get("tags", [])
        assert bool(errors) == expected, f"{cell.id}: {errors}"
        complaints = [output.text for output in outputs if output.get("name") == "stderr"]
        assert not complaints, f"{cell.id}: {complaints}"
        shown += "".join(output.get("data", {}).get("text/html", "") for output in outputs)
        shown += "".join(output.text for output in outputs if output.get("name") == "stdout")
    for promised in PROMISED.get(lesson.stem, ()):
        assert promised in shown, f"{promised} is not shown"
    printed, _ = HTMLExporter().from_notebook_node(executed)
    assert shown.count(PICTURE) == printed.count(PICTURE), "not every picture is on paper"


PROMISED = {
    "00_start_here": ("[reader-holds-write-end]", "[no-progress]", "<svg"),
    "01_processes": (
        "[child-ran-on]",
        "[zombie]",
        "[orphan]",
        "[unflushed-output]",
        "[duplicated-output]",
        "after it I am",
        "exit code 44",
        "<svg",
    ),
    "02_shared_memory": (
        "[segment-leaked]",
        "[lost-update]",
        "[semaphore-never-released]",
        "[lock-order-deadlock]",
        "after the fork:  4",
        "after the exec:  2",
        "after the exit:  2",
        "key 0x0, 100 bytes, nattch 2, marked for deletion",
        "segment contains: &quot;from Python&quot;",
        "<svg",
    ),
    "03_memory_mapped_files": (
        "in my page table",
        "Pss, 4 sharing: 2.0 MiB",
        "map, copy, unmap:",
        "after dlclose: []",
        "shared mapping: 42",
        "<svg",
    ),
    "04_mmap_in_detail": (
        "[private-mapping]",
        "[bus-error]",
        "[segmentation-fault]",
        "wrote &quot;from Python to C&quot;",
        "short\\x00ython to C",
        "O_RDWR    READ|WRITE  SHARED   mapped  works    works    changed",
        "O_RDONLY  READ|WRITE  SHARED   EACCES",
        "O_RDONLY  READ|WRITE  PRIVATE  mapped  works    works    as it was",
        "copied: 4096 bytes; in the file: b&#x27;2nd old &#x27;",
        "  8191 b&#x27;\\x00&#x27;",
        "  8192 SIGBUS",
        " 16384 SIGSEGV",
        "the file has 5000 bytes",
        "page 1 SIGSEGV",
        "order:     same address: True",
        "<svg",
    ),
    "05_persistence": (
        "[never-synced]",
        "visit number 4",
        "Python finds 4",
        "visit number 101",
        "MS_SYNC  8192 bytes: ENOMEM",
        "three deposits are visible: 18",
        "after a power cut:          15",
        "100 30 <- money has been lost or made",
        "[(70, 30), (100, 0)]",
        "pipe                            no        no        no        no",
        "System V segment               yes       yes        no        no",
        "POSIX segment                  yes       yes        no        no",
        "private mapping                 no        no        no        no",
        "file mapping                   yes       yes       yes        no",
        "file mapping with msync        yes       yes       yes       yes",
    ),
    "06_pipes": (
        "[reader-holds-write-end]",
        "[write-end-left-open]",
        "[wait-before-drain]",
        "[circular-wait]",
        "[child-ran-on]",
        "[bad-descriptor]",
        "just after the fork",
        "PARENT: read 5 bytes, &quot;test&quot;",
        "4096 bytes: 0 torn records",
        "48000 bytes fit",
        "<svg",
    ),
    "07_redirection": ("[write-end-left-open]", "[child-ran-on]", "Broken pipe"),
    "08_named_pipes": (
        "[fifo-open-deadlock]",
        "[busy-wait]",
        "the writer ended with 0",
        "how are you?",
        "a sad tab",
        "a picture of mail",
        "No such device or address",
        "Too many open files",
        "after event 16",
    ),
}
