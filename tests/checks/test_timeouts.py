"""Who computes is told from who waits, on a machine too busy to let it compute as well."""

import dataclasses

import pytest

from autograder import Run, run
from autograder.checks.timeouts import explain_timeout
from autograder.sandbox import Evidence
from autograder.sandbox.evidence import Activity, Spin

NOTHING = Activity(
    cpu=0.0, waited=0.0, system=0.0, faults=0, read_calls=0, read_bytes=0, write_calls=0
)


def waits() -> None:
    import time

    time.sleep(3600)


@pytest.fixture(scope="module")
def late() -> Run:
    """A run that had not ended: who it was and how it looked; how busy is for the tests to say."""
    return run(waits, timeout=0.3)


def judged(late: Run, activity: Activity, calls: tuple[str, ...]) -> tuple[str, str]:
    """The one finding, had the only process been as busy as this in the last 0.25 s."""
    assert late.evidence.stuck is not None
    (pid,) = [process.pid for process in late.evidence.stuck.snapshot.living()]
    spin = Spin(0.25, {pid: activity}, {pid: calls})
    evidence: Evidence = dataclasses.replace(late.evidence, spin=spin)
    (finding,) = explain_timeout(evidence)
    return finding.id, finding.explanation


def test_a_process_that_got_no_processor_at_all_was_computing(late: Run) -> None:
    identity, text = judged(late, NOTHING, ("running",) * 25)
    assert identity == "infinite-loop"
    assert "0 % of a processor, all that this busy machine gave it" in text


def test_a_process_that_waited_for_its_turn_was_computing(late: Run) -> None:
    used = dataclasses.replace(NOTHING, cpu=0.05, waited=0.19)
    assert judged(late, used, ("running",) * 20 + ("read",) * 5)[0] == "infinite-loop"


def test_a_process_that_is_seen_running_now_and_then_was_not(late: Run) -> None:
    used = dataclasses.replace(NOTHING, cpu=0.02)
    assert judged(late, used, ("clock_nanosleep", "running", "clock_nanosleep"))[0] == "no-progress"


def test_without_looks_only_the_counters_speak(late: Run) -> None:
    assert judged(late, NOTHING, ())[0] == "no-progress"
    assert judged(late, dataclasses.replace(NOTHING, cpu=0.25), ())[0] == "infinite-loop"
