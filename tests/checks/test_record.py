"""The fluent checks: what they accept, what they refuse, and what they say then."""

import os
import pickle
import signal
import subprocess

import pytest

from autograder import CheckFailed, Run, run, seeded, student
from autograder.checks.record import same
from autograder.errors import UsageError


def echo(data: bytes) -> bytes:
    return data.upper()


def _forking(count: int) -> int:
    for _ in range(count):
        if os.fork() == 0:
            os._exit(0)
    for _ in range(count):
        os.wait()
    return count


def _spawning() -> None:
    subprocess.run(["true"], check=True)


def _leaving_descriptors() -> None:
    os.pipe()


@pytest.fixture(scope="module")
def echoed() -> Run:
    return run("echo", b"hi")


def test_checks_chain_and_return_the_same_run(echoed: Run) -> None:
    chained = echoed.returns(b"HI").prints("").reaps_children().closes_descriptors()
    assert chained.leaves_nothing() is echoed


@pytest.mark.parametrize("wrong", ["HI", b"Hi", [b"HI"], None])
def test_returns_refuses_other_values_and_types(echoed: Run, wrong: object) -> None:
    with pytest.raises(CheckFailed) as caught:
        echoed.returns(wrong)
    assert caught.value.expected == f"returns {wrong!r}"
    assert caught.value.actual.startswith("returned b'HI'")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (1, 1.0), ([1], (1,)), ([True], [1]), ({1: 1}, {1: True}), ({1}, {True}),
        ({1: "a"}, {True: "a"}), ("a", b"a"), ([1, 2], [1]), ({1: 1}, {1: 1, 2: 2}),
    ],
)  # fmt: skip
def test_values_of_different_type_are_not_the_same(one: object, other: object) -> None:
    assert not same(one, other)
    assert same(one, one)


def test_position_of_the_first_difference_is_told() -> None:
    long = b"a" * 5000
    with pytest.raises(CheckFailed, match="position 4,000"):
        run(lambda: long[:4000] + b"b" * 1000).returns(long)


def test_processes_are_counted_and_reaped() -> None:
    record = run("_forking", 3).returns(3).forks(exactly=3).forks(at_least=2).reaps_children()
    with pytest.raises(CheckFailed, match="3 were made"):
        record.forks(exactly=2)
    with pytest.raises(CheckFailed, match="at least 4"):
        record.forks(at_least=4)


def test_programs_and_shortcuts_are_seen() -> None:
    record = run(_spawning).executes("true").forks(exactly=1).avoids("os.system", "os.fork")
    with pytest.raises(CheckFailed, match="subprocess was used"):
        record.avoids("subprocess")
    with pytest.raises(CheckFailed, match="executed: true"):
        record.executes("false")
    with pytest.raises(UsageError, match="unknown call"):
        record.avoids("os.fork_and_spoon")


def test_open_descriptors_are_named() -> None:
    with pytest.raises(CheckFailed, match=r"still open: 3 \(pipe, r\) and 4 \(pipe, w\)"):
        run(_leaving_descriptors).closes_descriptors()


def test_outcomes_are_told_apart() -> None:
    run(lambda: os._exit(2)).exits(2)
    run(lambda: os.kill(os.getpid(), signal.SIGKILL)).killed_by(signal.SIGKILL)
    with pytest.raises(CheckFailed, match="ended with exit code 0 instead of returning"):
        run(lambda: os._exit(0)).returns(None)
    with pytest.raises(CheckFailed, match="is ended by SIGTERM"):
        run(lambda: os._exit(0)).killed_by(signal.SIGTERM)


def test_raises_compares_kind_and_message() -> None:
    def fail() -> None:
        raise FileNotFoundError(2, "gone")

    record = run(fail).raises(FileNotFoundError, match="gone").raises("OSError")
    for arguments in ((ValueError, None), (FileNotFoundError, "here")):
        with pytest.raises(CheckFailed):
            record.raises(*arguments)


def test_expect_compares_anything_else(echoed: Run) -> None:
    echoed.expect(2, 2, "the number of lines")
    with pytest.raises(CheckFailed, match="the number of lines: 2"):
        echoed.expect(3, 2, "the number of lines")


def test_stub_fails_kindly() -> None:
    def stub() -> None:
        raise NotImplementedError("write your code here")

    with pytest.raises(CheckFailed, match=r"not written yet \(write your code here\)"):
        run(stub).returns(1)


def test_missing_function_is_the_students_failure() -> None:
    with pytest.raises(CheckFailed, match="no_such_function"):
        run("no_such_function", 1)


def test_student_stands_for_a_function_in_arguments() -> None:
    record = run(lambda function, data: function(data), student("echo"), b"x").returns(b"X")
    assert record.call == "<lambda>(echo, b'x')"


def test_seed_is_printed_on_failure(monkeypatch: pytest.MonkeyPatch, echoed: Run) -> None:
    monkeypatch.setenv("AUTOGRADER_SEED", "4711")
    first, second = seeded("sieve"), seeded("sieve")
    assert first.random() == second.random()
    with pytest.raises(CheckFailed, match="sieve 4711"):
        echoed.returns(b"")


def test_seed_of_another_cell_is_not_printed(echoed: Run) -> None:
    exec(compile("seeded('elsewhere')", "another cell", "exec"), {"seeded": seeded})
    with pytest.raises(CheckFailed) as caught:
        echoed.returns(b"")
    assert "elsewhere" not in str(caught.value)


def test_students_get_different_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = set()
    for name in ("alice", "bob", "alice"):
        monkeypatch.setenv("AUTOGRADER_STUDENT", name)
        drawn.add(seeded("sieve").random())
    assert len(drawn) == 2


def test_failure_crosses_a_process(echoed: Run) -> None:
    failure = CheckFailed("f()", "returns 1", "returned 2", None, {"f": 3})
    copy = pickle.loads(pickle.dumps(failure))
    assert str(copy) == str(failure)
    assert copy.seeds == {"f": 3}


def test_counter_that_counts_every_update_is_accepted(echoed: Run) -> None:
    assert echoed.counts(80_000, 80_000) is echoed


def test_counter_that_counts_too_few_is_a_lost_update(echoed: Run) -> None:
    with pytest.raises(CheckFailed, match="79,999") as caught:
        echoed.counts(1, 80_000)
    assert caught.value.run is not None
    (finding,) = caught.value.run.findings
    assert (finding.id, finding.evidence) == ("lost-update", {"expected": 80_000, "found": 1})


@pytest.mark.parametrize("found", [80_001, None, True, "1"])
def test_counter_that_is_wrong_otherwise_fails_without_a_finding(
    echoed: Run, found: object
) -> None:
    with pytest.raises(CheckFailed) as caught:
        echoed.counts(found, 80_000)
    assert caught.value.run is not None
    assert not caught.value.run.findings
