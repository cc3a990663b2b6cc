"""Records that are mixed, and parts that were taken for the whole: found, and never claimed."""

import dataclasses
from typing import Any

import pytest

from autograder import CheckFailed, Limits, Run
from autograder.checks.running import record_of
from autograder.checks.streams import partial_io, torn_record, whole_records
from autograder.sandbox import Evidence, Outcome

RECORDS = [b"aaaa", b"bbbbbb", b"aaaa", b"ab"]


def returned(value: Any) -> Run:
    run = record_of("f()", Evidence(), Limits())
    return dataclasses.replace(run, outcome=Outcome.RETURNED, value=value)


def ids(failure: CheckFailed) -> list[str]:
    assert failure.run is not None
    return [finding.id for finding in failure.run.findings]


@pytest.mark.parametrize(
    "stream", [b"aaaabbbbbbaaaaab", b"abaaaaaaaabbbbbb", b"aaaaabaaaabbbbbb"], ids=str
)
def test_whole_records_in_any_order_pass(stream: bytes) -> None:
    assert whole_records(stream, RECORDS) == len(stream)
    run = returned(stream)
    assert run.keeps_whole(run.value, RECORDS, "the records") is run


def test_records_that_are_the_beginning_of_others_do_not_mislead() -> None:
    records = [b"a", b"ab", b"abc"]
    assert whole_records(b"ababca", records) == 6
    assert whole_records(b"abcaba", records) == 6
    assert whole_records(b"", []) == 0


def test_a_mixed_stream_is_explained_with_the_place() -> None:
    stream = b"ab" + b"aabbbbbbaa" + b"aaaa"
    with pytest.raises(CheckFailed) as caught:
        returned(stream).keeps_whole(stream, RECORDS, "the records")
    assert ids(caught.value) == ["torn-record"]
    assert caught.value.run is not None
    (finding,) = caught.value.run.findings
    assert finding.evidence == {"length": 6, "limit": 4096, "offset": 2}
    assert "several calls" in finding.explanation


def test_a_record_above_pipe_buf_is_the_reason_where_there_is_one() -> None:
    records = [b"x" * 5000, b"y" * 10]
    stream = b"x" * 4096 + b"y" * 10 + b"x" * 904
    finding = torn_record(stream, records, whole_records(stream, records))
    assert finding is not None
    assert "5,000 bytes" in finding.explanation


@pytest.mark.parametrize(
    "stream", [b"", b"aaaabbbbbbaaaa", b"aaaabbbbbbaaaaac", b"aaaabbbbbbaaaaabz", None, "text"]
)
def test_lost_and_new_bytes_fail_without_a_finding(stream: Any) -> None:
    with pytest.raises(CheckFailed) as caught:
        returned(stream).keeps_whole(stream, RECORDS, "the records")
    assert ids(caught.value) == []


def test_a_part_taken_for_the_whole_is_found_only_when_the_rest_is_right() -> None:
    run = returned(65_536)
    assert returned(7).completes(7, 7, 7, "bytes").value == 7
    with pytest.raises(CheckFailed) as caught:
        run.completes(65_536, 300_004, 300_004, "bytes")
    assert ids(caught.value) == ["partial-io"]
    assert caught.value.run is not None
    assert caught.value.run.findings[0].evidence == {"got": 65_536, "asked": 300_004}
    with pytest.raises(CheckFailed) as caught:
        run.completes(65_536, 300_004, 65_536, "bytes")
    assert ids(caught.value) == []


def test_a_run_that_hung_is_not_called_partial() -> None:
    run = dataclasses.replace(returned(None), outcome=Outcome.TIMEOUT)
    with pytest.raises(CheckFailed) as caught:
        run.completes(None, 5, 5, "bytes")
    assert ids(caught.value) == []


@pytest.mark.parametrize(("value", "expected"), [([1], [2]), (True, 5), (b"long", b"a"), (None, 1)])
def test_amounts_are_told_only_where_there_are_some(value: Any, expected: Any) -> None:
    assert partial_io(value, expected).evidence == {}
