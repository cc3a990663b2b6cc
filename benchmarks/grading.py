"""How much faster than stock nbgrader a class is graded, and whether the scores are the same.

    python benchmarks/grading.py [--students N] [--jobs N] [--stock N] [--distinct]

The sample class, without the students whose files stock nbgrader refuses, is multiplied to N
(default 104) submissions of `pipes`. Three courses with the same submissions are graded one after
the other: by stock `nbgrader autograde`, by `nbgrader autograde` with this course's plug-ins, by
`autograder grade`. With `--stock`, the first two grade only so many of them, which saves minutes.
With `--distinct` no two answers have the same text, so that nothing one student did is known from
another. Prints times, submissions a minute and ratios, and compares every score; exits with 1 when
one differs.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from autograder.grading import Course, sample
from autograder.observe.procfs import Vanished, descendants_of, read_bytes

ROOT = Path(__file__).parents[1]
STOCK_CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "ipc"\n'
ACCEPTED = ("ada", "ben", "carla", "deniz", "hana", "ivan", "mona", "noor")
SCORES = (
    "SELECT submitted_assignment.student_id, base_cell.name, "
    "COALESCE(grade.manual_score, grade.auto_score) FROM grade "
    "JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id "
    "JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id "
    "JOIN base_cell ON grade.cell_id = base_cell.id"
)


def build(folder: Path, students: int, distinct: bool) -> list[str]:
    """The course with its multiplied class in `folder`; the students' names, in random order."""
    sample.build(Course.find(ROOT), folder)
    submitted = folder / "submitted"
    models = {name: submitted / name for name in ACCEPTED}
    names = [f"{ACCEPTED[number % len(ACCEPTED)]}-{number:03}" for number in range(students)]
    for name in names:
        shutil.copytree(models[name.partition("-")[0]], submitted / name)
        if distinct:
            _make_distinct(submitted / name / sample.ASSIGNMENT / sample.NOTEBOOK, name)
    for each in sample.CLASS:
        shutil.rmtree(submitted / each.name)
    random.Random(0).shuffle(names)  # noqa: S311 - the same order every time
    return names


def _make_distinct(path: Path, name: str) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            source = "".join(cell["source"])
            cell["source"] = f"# The answer of {name}\n{source}"
    path.write_text(json.dumps(notebook), encoding="utf-8")


def run(folder: Path, *command: str) -> float:
    """Seconds that a command takes in a course. What it says goes to bench.log there."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    begin = time.monotonic()
    with (folder / "bench.log").open("a") as log:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "PATH": programs}, stdout=log,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    seconds = time.monotonic() - begin
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: see {folder / 'bench.log'}")
    return seconds


class Memory:
    """Looks, twice a second, how much all processes below this one have (Pss)."""

    def __init__(self) -> None:
        self.samples: list[int] = []
        self._over = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self.samples.append(sum(map(_pss, descendants_of(os.getpid()))))

    def tell(self) -> None:
        quarter = max(1, len(self.samples) // 4)
        first, last = max(self.samples[:quarter]), max(self.samples[-quarter:])
        print(f"memory: {first >> 20} MB in the first quarter, {last >> 20} MB in the last")


def _pss(pid: int) -> int:
    with contextlib.suppress(Vanished):
        for line in read_bytes(f"/proc/{pid}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) << 10
    return 0


def scores(folder: Path) -> dict[tuple[str, str], float | None]:
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        return {(student, cell): score for student, cell, score in book.execute(SCORES)}


def nbgrader(folder: Path, names: list[str]) -> tuple[float, int]:
    """Seconds of one `nbgrader autograde` of these students (all, when it is the whole class)."""
    run(folder, "nbgrader", "generate_assignment", sample.ASSIGNMENT)
    for path in (folder / "submitted").iterdir():
        if path.name not in names:
            shutil.rmtree(path)
    return run(folder, "nbgrader", "autograde", sample.ASSIGNMENT), len(names)


def tell(what: str, seconds: float, count: int, stock: float | None) -> float:
    rate = 60 * count / seconds
    ratio = "" if stock is None else f"  {rate / stock:5.1f} times stock"
    print(f"{what:34} {count:4} in {seconds:6.1f} s  {rate:7.1f} a minute{ratio}", flush=True)
    return rate


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=104, help="submissions (default 104)")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--stock", type=int, help="submissions for nbgrader (default: all)")
    parser.add_argument("--distinct", action="store_true", help="no two answers are the same")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return compare(Path(folder), options)


def compare(folder: Path, options: argparse.Namespace) -> int:
    stock, plugin, ours = (folder / name for name in ("stock", "plugin", "ours"))
    names = build(ours, options.students, options.distinct)
    shutil.copytree(ours, plugin)
    shutil.copytree(ours, stock)
    (stock / "nbgrader_config.py").write_text(STOCK_CONFIG)
    some = names[: options.stock] if options.stock else names
    base = tell("stock nbgrader autograde", *nbgrader(stock, some), None)
    tell("nbgrader autograde with plug-ins", *nbgrader(plugin, some), base)
    grade = (sys.executable, "-m", "autograder.cli", "grade")
    count = len(names)
    with Memory() as memory:
        seconds = run(ours, *grade, "--jobs", str(options.jobs))
    tell("autograder grade", seconds, count, base)
    memory.tell()
    tell("the same again, nothing changed", run(ours, *grade), count, base)
    expected = scores(stock)
    wrong = 0
    for name, there in (("plug-ins", scores(plugin)), ("autograder grade", scores(ours))):
        given = {key for key, score in expected.items() if score is not None}
        differ = [key for key in given if expected[key] != there.get(key)]
        wrong += len(differ)
        print(
            f"{name}: {len(given) - len(differ)} of {len(given)} scores as stock's, which gives "
            f"none for {len(expected) - len(given)} deleted checks"
        )
        for key in differ[:20]:
            print(f"  {' '.join(key)}: {expected[key]} by stock, {there.get(key)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
