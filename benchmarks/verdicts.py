"""How soon a deadlock is told, how often a live program is accused, what a run costs.

    python benchmarks/verdicts.py [RUNS]

RUNS (default 1,000) is the number of slow-but-live runs. Prints figures and ratios; judges nothing.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from autograder import run
from autograder.sandbox import Outcome

TESTS = Path(__file__).parents[1] / "tests"
DEADLOCKS = (
    "reader_keeps_own_write_end",
    "child_reader_keeps_own_write_end",
    "parent_keeps_write_end_and_waits",
    "wait_before_drain",
    "both_read_first",
    "both_write_much",
    "ring_of_three",
)
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


def programs() -> ModuleType:
    """The tests' programs, as functions that are shipped by value."""
    sys.path.insert(0, str(TESTS))
    from programs import functions

    return functions()


def nothing() -> None:
    """The trivial function."""


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def latency(module: ModuleType) -> None:
    """Median time from the start of a program that hangs at once to the verdict."""
    for name in DEADLOCKS:
        records = [run(getattr(module, name)) for _ in range(REPEATS)]
        missed = sum(record.outcome is not Outcome.DEADLOCK for record in records)
        median = statistics.median(record.duration for record in records)
        print(f"{name:36} verdict after {median:.3f} s (median), {missed} of {REPEATS} missed")


def false_alarms(module: ModuleType, runs: int) -> None:
    """How many slow-but-live runs were called stuck, or given any finding."""
    alarms: dict[str, int] = {}
    for number in range(runs):
        name = LIVE[number % len(LIVE)]
        record = run(getattr(module, name))
        if record.outcome is Outcome.DEADLOCK or record.findings:
            alarms[name] = alarms.get(name, 0) + 1
            print(f"\nFALSE ALARM {record!r}")
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{runs}", end="", file=sys.stderr)
    print(f"false alarms: {sum(alarms.values())} of {runs} slow-but-live runs {alarms or ''}")


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


def main() -> None:
    """Print all figures."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    module = programs()
    cost()
    latency(module)
    false_alarms(module, runs)


if __name__ == "__main__":
    main()
