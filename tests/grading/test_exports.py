"""What leaves the gradebook through `nbgrader export`, and what a student is told of findings."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from commands import nbgrader
from nbformat import v4
from nbgrader.api import Gradebook

from autograder.grading import batch
from autograder.notebook import cells
from tests.grading.conftest import KERNEL, TinyCourse, code, hidden

CHECK = "from autograder import run\n\nrun('relay', b'{}').returns(b'{}')"
HOLDS_THE_WRITE_END = (
    "import os\n\n\ndef relay(data):\n    read_end, write_end = os.pipe()\n"
    "    os.write(write_end, data)\n    answer = b''\n"
    "    while piece := os.read(read_end, 100):\n        answer += piece\n    return answer\n"
)
RIGHT = "def relay(data):\n    return data\n"


def source_notebook() -> Any:
    answer = "def relay(data):\n    ### BEGIN SOLUTION\n    return data\n    ### END SOLUTION"
    return v4.new_notebook(
        cells=[
            v4.new_markdown_cell("# Relays\n\n## 1. Relay", id="task"),
            code("relay", answer, solution=True),
            code("relay-check", f"# Check: it passes on\n{CHECK.format('seen', 'seen')}", 60),
            hidden("relay-hidden", CHECK.format("SECRET", "SECRET"), 40),
        ],
        metadata={"kernelspec": KERNEL},
    )


def answers(text: str) -> Any:
    def change(notebook: Any) -> None:
        next(cell for cell in notebook.cells if cell.id == "relay").source = text

    return change


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, empty_gradebook: Path) -> Any:
    root = tmp_path_factory.mktemp("exports")
    tiny = TinyCourse(root, empty_gradebook, source=source_notebook())
    tiny.submit("ada")
    tiny.submit("ben", answers(HOLDS_THE_WRITE_END))
    tiny.submit("-carla", answers("def relay(data):\n    return b'SECRET' if len(data) > 5 else 1"))
    results = {
        result.student: result
        for result in batch.run(tiny.course, batch.find(tiny.course, [], None))
    }
    with Gradebook(f"sqlite:///{root}/gradebook.db", "ipc") as gradebook:
        gradebook.add_student("deniz", first_name="=1+1", last_name='Yil"maz')
        gradebook.find_grade("relay-check", "t", "t", "-carla").manual_score = 15
        gradebook.db.commit()
    return root, results


def test_a_result_names_the_findings_of_each_failed_check(graded: Any) -> None:
    _, results = graded
    assert [check.findings for check in results["ben"].checks] == [("reader-holds-write-end",)] * 2
    assert {check.findings for check in results["ada"].checks} == {()}
    assert json.loads(json.dumps(results["ben"].as_json()))["checks"][0]["findings"] == [
        "reader-holds-write-end"
    ]


def test_feedback_has_the_finding_of_a_hidden_check_and_nothing_else_of_it(graded: Any) -> None:
    root, _ = graded
    page = (root / "feedback/ben/t/t.html").read_text()
    assert "Hidden check: relay-hidden: failed [reader-holds-write-end]" in page
    assert "SECRET" not in page
    assert "<svg" in page, "the visible check shows its picture"
    assert "never see end-of-file" in page, "and its explanation"
    assert "while piece := os.read(read_end, 100)" in page, "with the line, which is not coloured"


def test_csv_has_a_line_for_each_student_and_a_column_for_each_check(graded: Any) -> None:
    root, _ = graded
    done = nbgrader(
        root, "export", "--exporter=autograder.grading.exports.CsvExporter", "--to", "marks.csv"
    )
    assert done.returncode == 0, done.stderr
    with (root / "marks.csv").open(newline="") as file:
        lines = {line["student_id"]: line for line in csv.DictReader(file)}
    assert list(lines) == ["'-carla", "ada", "ben", "deniz"]
    told = {
        name: (line["submitted"], line["score"], line["t/relay-check"], line["t/relay-hidden"])
        for name, line in lines.items()
    }
    assert told == {
        "'-carla": ("yes", "55", "15", "40"),
        "ada": ("yes", "100", "60", "40"),
        "ben": ("yes", "0", "0", "0"),
        "deniz": ("no", "0", "", ""),
    }
    assert lines["ben"]["findings"] == "reader-holds-write-end"
    assert (lines["deniz"]["first_name"], lines["deniz"]["last_name"]) == ("'=1+1", 'Yil"maz')


def test_csv_can_be_had_for_one_student(graded: Any) -> None:
    root, _ = graded
    done = nbgrader(
        root, "export", "--exporter=autograder.grading.exports.CsvExporter", "--student", "['ada']"
    )
    assert done.returncode == 0, done.stderr
    assert len((root / "grades.csv").read_text().splitlines()) == 2


def test_gradescope_gets_a_file_for_each_submission(graded: Any) -> None:
    root, _ = graded
    exporter = "autograder.grading.exports.GradescopeExporter"
    done = nbgrader(root, "export", f"--exporter={exporter}", "--to", "scope")
    assert done.returncode == 0, done.stderr
    files = {path.parent.name: path for path in (root / "scope/t").glob("*/results.json")}
    assert files.keys() == {"ada", "ben", "-carla"}
    ben = json.loads(files["ben"].read_text())
    assert ben["score"] == 0
    first, second = ben["tests"]
    assert (first["name"], first["status"]) == ("1. Relay: it passes on", "failed")
    assert "reader-holds-write-end" in first["output"]
    assert second["output"] == "failed [reader-holds-write-end]"
    carla = json.loads(files["-carla"].read_text())
    assert [(test["score"], test["max_score"]) for test in carla["tests"]] == [(15, 60), (40, 40)]
    assert carla["score"] == 55
    assert "SECRET" not in "".join(path.read_text() for path in files.values())


def check_failed(text: str) -> Any:
    shown = v4.new_output("error", ename="CheckFailed", evalue="", traceback=[text])
    return v4.new_code_cell(outputs=[shown])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CheckFailed: f(): expected: a; actual: b\n[zombie] Wait.\n[zombie] Wait.", ("zombie",)),
        ("CheckFailed: f(): x\n[zombie] Wait.\n[orphan] End it.", ("zombie", "orphan")),
        ("CheckFailed: f(): expected: '[zombie] '; actual: '[orphan]'", ()),
        ("CheckFailed: f(): x\n[no-such-finding] y", ()),
    ],
)
def test_only_known_findings_at_the_beginning_of_a_line_count(
    text: str, found: tuple[str, ...]
) -> None:
    assert cells.findings(check_failed(text)) == found


def test_an_error_of_another_kind_has_no_finding() -> None:
    shown = v4.new_output("error", ename="ValueError", evalue="", traceback=["x\n[zombie] y"])
    assert cells.findings(v4.new_code_cell(outputs=[shown])) == ()
