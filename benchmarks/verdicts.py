"""How soon a deadlock is told, how often a live program is accused, what a run costs.

    python benchmarks/verdicts.py [RUNS] [WORKERS]

RUNS (default 1,000) is the number of runs of correct programs, slow, timed or driven by signals and
by the outside; WORKERS (default 4) of them go on at once, so that the machine is busy meanwhile.
Prints figures and ratios; judges nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from autograder import run
from autograder.sandbox import Outcome

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from programs import Row, compile_c, functions, rows

DEADLOCKS = (
    "reader_keeps_own_write_end",
    "child_reader_keeps_own_write_end",
    "parent_keeps_write_end_and_waits",
    "wait_before_drain",
    "both_read_first",
    "both_write_much",
    "ring_of_three",
    "fifos_opened_in_opposite_orders",
    "semaphore_left_at_zero",
    "message_never_sent",
    "both_read_from_a_socket_pair",
)
NATIVE_DEADLOCKS = ("c/reader_keeps_write_end.c", "c/parent_keeps_write_end.c")
LIVE = (
    "slow_writer",
    "slow_reader",
    "woken_by_a_handled_alarm",
    "child_ended_by_its_alarm",
    "parent_kills_a_stuck_child",
    "poll_with_a_time_limit",
    "thread_writes_to_own_pipe",
    "end_travels_through_a_socket",
    "writer_ended_by_its_alarm",
    "fifo_opened_late",
    "semaphore_released_late",
    "file_lock_given_back_late",
    "message_sent_late",
    "socket_answered_late",
    "pipe_end_waits_in_a_socket",
    "long_computation",
)
REPEATS = 15
TRIVIAL_RUNS = 200


def nothing() -> None:
    """The trivial function."""


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def cost() -> None:
    """A trivial run against the start of an interpreter on the same machine, in turns."""
    run(nothing)
    command = [sys.executable, "-I", "-c", "pass"]
    pairs = [
        (seconds(lambda: run(nothing)), seconds(lambda: subprocess.run(command, check=True)))
        for _ in range(TRIVIAL_RUNS)
    ]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"run(): {ours * 1000:.1f} ms, python -I -c pass: {theirs * 1000:.1f} ms, ratio {ratio:.2f}"
    )


def latency(compiled: Path) -> None:
    """Median time from the start of a program that hangs at once to the verdict."""
    module = functions()
    everything = []
    for name in DEADLOCKS:
        records = [run(getattr(module, name)) for _ in range(REPEATS)]
        missed = sum(record.outcome is not Outcome.DEADLOCK for record in records)
        everything += _told(name, [record.duration for record in records], missed)
    for row in (row for row in rows() if row.run in NATIVE_DEADLOCKS):
        reports = [why(row, compiled) for _ in range(REPEATS)]
        missed = sum(report["outcome"] != "deadlock" for report in reports)
        everything += _told(row.run, [report["seconds"] for report in reports], missed)
    print(f"all of them: verdict after {statistics.median(everything):.3f} s (median)")


def _told(name: str, durations: list[float], missed: int) -> list[float]:
    median = statistics.median(durations)
    print(f"{name:36} verdict after {median:.3f} s (median), {missed} of {len(durations)} missed")
    return durations


def why(row: Row, compiled: Path) -> dict:
    """What `autograder why` reports of one program, which is fed as its row says."""
    command = [sys.executable, "-m", "autograder.cli", "why", "--json"]
    if row.timeout is not None:
        command += ["--timeout", str(row.timeout)]
    with tempfile.TemporaryDirectory() as folder:
        if row.fifo:
            os.mkfifo(Path(folder, row.fifo))
        child = subprocess.Popen(
            [*command, "--", *row.command(compiled)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )
        time.sleep(row.stdin_after or 0)
        output, _ = child.communicate(row.stdin.encode())
    return json.loads(output.splitlines()[-1])


@cache
def _module() -> object:
    return functions()


def _alarm(program: str | Row, compiled: Path) -> tuple[str, list[str]]:
    """One correct program, by a worker: its name and the findings it got, which should be none."""
    if isinstance(program, Row):
        report = why(program, compiled)
        found = [finding["id"] for finding in report["findings"]]
        wrong = report["outcome"] == "deadlock" and not found
        return program.name, found + ["deadlock"] * wrong
    record = run(getattr(_module(), program))
    return program, [finding.id for finding in record.findings]


def _correct() -> Iterator[str | Row]:
    """Functions and programs without a fault, in turns."""
    table = [
        row for row in rows() if not row.findings and not row.limits and row.language != "functions"
    ]
    for number, row in enumerate(table):
        yield LIVE[number % len(LIVE)]
        if not row.stdin_stays_open:
            yield row


def false_alarms(runs: int, workers: int, compiled: Path) -> None:
    """How many correct runs were called stuck, or given any finding."""
    chosen = list(islice(cycle(_correct()), runs))
    alarms: Counter[str] = Counter()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        done = pool.map(_alarm, chosen, [compiled] * runs)
        for number, (name, found) in enumerate(done, 1):
            if found:
                alarms[name] += 1
                print(f"FALSE ALARM {name}: {', '.join(found)}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{number}/{runs}", end="", file=sys.stderr)
    kinds = len({str(program) for program in chosen})
    print(f"false alarms: {alarms.total()} of {runs} runs of {kinds} correct programs")


def main() -> None:
    """Print all figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    with tempfile.TemporaryDirectory() as folder:
        compiled = compile_c(Path(folder))
        cost()
        latency(compiled)
        false_alarms(runs, workers, compiled)


if __name__ == "__main__":
    main()
