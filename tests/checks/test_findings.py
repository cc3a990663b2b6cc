"""Every finding on programs that have the fault, and none on those that only look like it."""

import pytest
from programs import functions

from autograder import run
from autograder.sandbox import Outcome

PROGRAMS = functions()

DEADLOCKS = {
    "reader_keeps_own_write_end": "reader-holds-write-end",
    "child_reader_keeps_own_write_end": "reader-holds-write-end",
    "two_readers_keep_write_ends": "reader-holds-write-end",
    "polling_reader_keeps_own_write_end": "reader-holds-write-end",
    "parent_keeps_write_end_and_waits": "write-end-left-open",
    "parent_keeps_write_end_of_exec_child": "write-end-left-open",
    "sibling_keeps_write_end": "write-end-left-open",
    "wait_before_drain": "wait-before-drain",
    "wait_before_drain_of_subprocess": "wait-before-drain",
    "wait_before_drain_of_a_loop": "wait-before-drain",
    "both_read_first": "circular-wait",
    "both_write_much": "circular-wait",
    "filter_fed_before_it_is_read": "circular-wait",
    "ring_of_three": "circular-wait",
    "both_read_from_a_socket_pair": "circular-wait",
    "socket_reader_keeps_both_ends": "reader-holds-write-end",
    "fifos_opened_in_opposite_orders": "fifo-open-deadlock",
    "fifo_opened_by_one_alone": "fifo-open-deadlock",
    "fifo_reader_waited_for": "fifo-open-deadlock",
    "semaphores_in_opposite_orders": "lock-order-deadlock",
    "file_locks_in_opposite_orders": "lock-order-deadlock",
    "semaphore_left_at_zero": "semaphore-never-released",
    "semaphore_of_a_dead_holder": "semaphore-never-released",
    "shared_lock_never_released": "semaphore-never-released",
    "message_never_sent": "message-never-sent",
}
ON_PIPES = ("reader-holds-write-end", "write-end-left-open", "wait-before-drain", "circular-wait")
FAULTS = {
    "never_waits": "zombie",
    "waits_for_one_of_two": "zombie",
    "waits_without_patience": "zombie",
    "program_never_waits": "zombie",
    "leaves_a_sleeper": "orphan",
    "leaves_a_grandchild": "orphan",
    "leaves_a_loop": "orphan",
    "reads_the_write_end": "bad-descriptor",
    "writes_the_read_end": "bad-descriptor",
    "child_uses_a_closed_end": "bad-descriptor",
    "writes_without_a_reader": "broken-pipe",
    "dies_of_sigpipe": "broken-pipe",
    "child_writes_without_a_reader": "broken-pipe",
    "falls_out_of_its_branch": "child-ran-on",
}
TIMEOUTS = {
    "computes_forever": "infinite-loop",
    "child_computes_forever": "infinite-loop",
    "formats_forever": "infinite-loop",
    "spins_at_end_of_file": "busy-wait",
    "spins_on_eagain": "busy-wait",
    "spins_on_waitpid": "busy-wait",
    "sleeps_too_long": "no-progress",
    "two_children_stuck_one_alive": "circular-wait",
}
CORRECT = {
    "slow_writer": b"late",
    "slow_reader": 100_000,
    "fifo_opened_late": b"late",
    "socket_answered_late": b"late",
    "pipe_end_waits_in_a_socket": b"sent",
    "semaphore_released_late": "acquired",
    "file_lock_given_back_late": "given back",
    "message_sent_late": b"late",
    "woken_by_a_handled_alarm": "rung",
    "child_ended_by_its_alarm": -14,
    "writer_ended_by_its_alarm": -14,
    "program_ended_by_its_alarm": -14,
    "parent_kills_a_stuck_child": -15,
    "poll_with_a_time_limit": [],
    "thread_writes_to_own_pipe": b"fed",
    "end_travels_through_a_socket": b"sent",
    "yes_into_head": b"y\ny\n",
    "handled_broken_pipe": "nobody reads",
    "handled_bad_descriptor": "wrong end",
    "closes_a_whole_range": "closed",
    "closes_everything_itself": "still here",
    "children_reaped_automatically": "ok",
    "child_ends_just_after": "first",
    "child_exits_with_sys_exit": 3,
    "communicates_with_much_data": 300_000,
    "long_computation": 1,
}


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize(("name", "finding"), DEADLOCKS.items())
def test_deadlock_is_found_and_explained(name: str, finding: str) -> None:
    record = run(getattr(PROGRAMS, name))
    assert record.outcome is Outcome.DEADLOCK
    assert [found.id for found in record.findings] == [finding]
    evidence = record.findings[0].evidence
    assert evidence["pid"] in {process.pid for process in record.processes}
    explanation = record.findings[0].explanation
    assert f"process {evidence['pid']}" in explanation.lower()
    thing = f"descriptor {evidence['fd']}" if finding in ON_PIPES else "blocked"
    assert thing in explanation
    assert "functions.py" in explanation + record.findings[0].hint


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize(("name", "finding"), FAULTS.items())
def test_fault_is_found(name: str, finding: str) -> None:
    record = run(getattr(PROGRAMS, name))
    assert {found.id for found in record.findings} == {finding}


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize(("name", "finding"), TIMEOUTS.items())
def test_time_out_is_explained(name: str, finding: str) -> None:
    record = run(getattr(PROGRAMS, name), timeout=1.0)
    assert record.outcome is Outcome.TIMEOUT
    assert [found.id for found in record.findings] == [finding]


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize(("name", "value"), CORRECT.items())
def test_correct_program_has_no_finding(name: str, value: object) -> None:
    record = run(getattr(PROGRAMS, name))
    assert record.findings == ()
    record.returns(value)
