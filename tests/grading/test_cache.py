"""What is known is not run again: results of checks by what they depend on.

The checks of this course print the time when they run: a result that is taken from the cache has
the time of its first run.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from autograder.grading import batch, cache, worker
from autograder.grading.cache import Cache, Entry, Facts
from autograder.grading.result import Result, Status
from tests.grading.conftest import KERNEL, TinyCourse, code, solution

TIMED = "import time\nfrom autograder import run, seeded\n\nprint('ran at', time.time_ns())\n"


def timed(name: str, text: str, points: float = 10) -> Any:
    return code(name, f"# Check: {name}\n{TIMED}{text}", points)


def source_notebook() -> Any:
    cells = [
        v4.new_markdown_cell("# Timed", id="title"),
        solution("one", "return 1"),
        timed("one-check", "run('one').returns(1)"),
        solution("two", "return 2"),
        timed("two-check", "run('two').returns(2)"),
        timed("two-again", "assert run('two').value == 2, 'not two'"),
        timed("both-check", "seeded('both')\nrun('one').returns(1)\nrun('two').returns(2)"),
    ]
    return v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


@pytest.fixture
def timed_course(tmp_path: Path, empty_gradebook: Path) -> TinyCourse:
    return TinyCourse(tmp_path, empty_gradebook, source=source_notebook())


def grade(tiny: TinyCourse, **options: Any) -> dict[str, Result]:
    found = batch.find(tiny.course, [], None)
    return {result.student: result for result in batch.run(tiny.course, found, **options)}


def times(tiny: TinyCourse, student: str) -> dict[str, str]:
    """When each check ran, by its cell."""
    path = tiny.course.root / "autograded" / student / "t" / "t.ipynb"
    return {
        cell.id: output.text
        for cell in nbformat.read(path, 4).cells
        for output in cell.get("outputs", [])
        if output.get("name") == "stdout"
    }


def ran(before: dict[str, str], after: dict[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def change(name: str, text: str) -> Callable[[Any], None]:
    def apply(notebook: Any) -> None:
        next(cell for cell in notebook.cells if cell.id == name).source = text

    return apply


def test_after_a_change_of_one_check_only_it_runs_again(timed_course: TinyCourse) -> None:
    timed_course.submit("ada")
    grade(timed_course)
    before = times(timed_course, "ada")
    check = next(cell for cell in timed_course.source.cells if cell.id == "two-check")
    check.source += ".reaps_children()"
    timed_course.write_source()
    assert not grade(timed_course)["ada"].unchanged
    assert ran(before, times(timed_course, "ada")) == {"two-check"}


def test_after_a_change_of_one_answer_its_checks_run_again(timed_course: TinyCourse) -> None:
    timed_course.submit("ada", change("two", "def two():\n    return 3"))
    assert grade(timed_course)["ada"].score == 10
    before = times(timed_course, "ada")
    timed_course.submit("ada")
    assert grade(timed_course)["ada"].score == 40
    assert ran(before, times(timed_course, "ada")) == {"two-check", "two-again", "both-check"}


def test_a_global_that_an_answer_uses_is_part_of_it(timed_course: TinyCourse) -> None:
    def with_global(value: int) -> Callable[[Any], None]:
        def apply(notebook: Any) -> None:
            change("two", "def two():\n    return RESULT")(notebook)
            notebook.cells.insert(1, v4.new_code_cell(f"RESULT = {value}", id="mine"))

        return apply

    timed_course.submit("ada", with_global(2))
    assert grade(timed_course)["ada"].score == 40
    timed_course.submit("ada", with_global(3))
    assert grade(timed_course)["ada"].score == 10


def test_equal_work_is_run_once_whoever_did_it_but_seeds_are_each_ones_own(
    timed_course: TinyCourse,
) -> None:
    timed_course.submit("ada")
    timed_course.submit("ben")
    results = grade(timed_course)
    assert {name: result.score for name, result in results.items()} == {"ada": 40, "ben": 40}
    ada, ben = times(timed_course, "ada"), times(timed_course, "ben")
    assert ran(ada, ben) == {"both-check"}


def test_force_runs_all(timed_course: TinyCourse) -> None:
    timed_course.submit("ada")
    grade(timed_course)
    before = times(timed_course, "ada")
    grade(timed_course, force=True)
    after = times(timed_course, "ada")
    assert ran(before, after) == before.keys()
    timed_course.submit("ben")
    grade(timed_course)
    assert ran(after, times(timed_course, "ben")) == {"both-check"}, "the newest result is kept"


def test_a_result_of_another_version_is_not_believed(
    timed_course: TinyCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed_course.submit("ada")
    grade(timed_course)
    before = times(timed_course, "ada")
    monkeypatch.setattr(cache, "package_digest", lambda: "another")
    timed_course.submit("ben")
    grade(timed_course)
    assert ran(before, times(timed_course, "ben")) == before.keys()


def test_workers_share_what_is_known(timed_course: TinyCourse) -> None:
    timed_course.submit("ada")
    grade(timed_course)
    before = times(timed_course, "ada")
    for name in ("ben", "carla", "deniz"):
        timed_course.submit(name)
    grade(timed_course, jobs=2)
    for name in ("ben", "carla", "deniz"):
        assert ran(before, times(timed_course, name)) == {"both-check"}


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        ("run('one', timeout=0.3).returns(1)", "import time\n    time.sleep(30)"),  # no-progress
        ("run('one', files={'../up': b''})", "return 1"),  # a failure of the check's own
    ],
    ids=["too-slow", "faulty-check"],
)
def test_what_may_come_out_otherwise_is_not_kept(
    tmp_path: Path, empty_gradebook: Path, check: str, answer: str
) -> None:
    cells = [solution("one", answer), timed("one-check", check)]
    source = v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    tiny = TinyCourse(tmp_path, empty_gradebook, source=source)
    tiny.submit("ada")
    tiny.submit("ben")
    grade(tiny)
    assert ran(times(tiny, "ada"), times(tiny, "ben")) == {"one-check"}


def entry(outputs: str = "right") -> Entry:
    output = {"output_type": "stream", "name": "stdout", "text": outputs}
    return Entry("ab" * 32, Facts((("one", "two"), ("one",)), ("both",)), "cd" * 32, [output])


def test_entries_come_back_and_the_last_one_counts(tmp_path: Path) -> None:
    store = Cache(tmp_path / "state" / "checks.db")
    assert (store.facts("ab" * 32), store.outputs("ab" * 32, "cd" * 32)) == ([], None)
    store.enter([entry("wrong"), entry()])
    assert store.facts("ab" * 32) == [entry().facts]
    assert store.outputs("ab" * 32, "cd" * 32) == entry().outputs
    assert store.outputs("ab" * 32, "ef" * 32) is None


def test_entries_travel_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "fresh"
    assert list(cache.read_lines(path)) == []
    cache.write_lines(path, [entry("a\u2028\ud800")])
    cache.write_lines(path, [entry()])
    assert list(cache.read_lines(path)) == [entry("a\u2028\ud800"), entry()]


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read", b""])
def test_a_broken_file_costs_a_run_and_is_made_anew(
    timed_course: TinyCourse, content: bytes
) -> None:
    timed_course.submit("ada")
    timed_course.course.state.mkdir()
    path = timed_course.course.root / cache.FILE
    path.write_bytes(content)
    assert grade(timed_course)["ada"].score == 40
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT COUNT(*) FROM results").fetchone() == (4,)
    database.close()


def test_a_file_that_cannot_be_written_costs_no_mark(timed_course: TinyCourse) -> None:
    timed_course.submit("ada")
    (timed_course.course.root / cache.FILE).mkdir(parents=True)  # not a file: not even for root
    result = grade(timed_course)["ada"]
    assert (result.status, result.score) == (Status.GRADED, 40)


def test_a_cache_of_many_results_gives_one_of_them(tmp_path: Path) -> None:
    store = Cache(tmp_path / "checks.db")
    facts = Facts((("one",),), ())
    store.enter(
        Entry(f"{number % 40:064x}", facts, f"{number:064x}", [{"number": number}])
        for number in range(40_000)
    )
    assert store.outputs(f"{123 % 40:064x}", f"{123:064x}") == [{"number": 123}]
    assert store.facts(f"{7:064x}") == [facts]


def test_a_worker_leaves_new_results_to_the_batch(timed_course: TinyCourse) -> None:
    assert worker.TEMPLATE  # the gradebook that workers copy lies beside nothing of the cache
    timed_course.submit("ada")
    grade(timed_course, jobs=1)
    left = [path.name for path in timed_course.course.state.iterdir()]
    assert sorted(left) == ["checks.db", "grade.log", "lock", "results"]
