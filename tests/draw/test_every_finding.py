"""Every id of the catalogue has a picture: of real runs, else of evidence made by hand."""

import re
from typing import Any

import pytest
from looks import parse, texts

from autograder.checks import CATALOGUE, Finding, Run
from autograder.checks.running import record_of
from autograder.draw import draw_finding, draw_findings
from autograder.draw.pictures import KINDS
from autograder.observe.ledger import Leftover
from autograder.sandbox import Evidence, Limits

REAL = {
    "reader-holds-write-end": "two_readers_keep_write_ends",
    "write-end-left-open": "parent_keeps_write_end_and_waits",
    "wait-before-drain": "wait_before_drain",
    "circular-wait": "both_read_from_a_socket_pair",
    "fifo-open-deadlock": "fifos_opened_in_opposite_orders",
    "lock-order-deadlock": "semaphores_in_opposite_orders",
    "semaphore-never-released": "shared_lock_never_released",
    "message-never-sent": "message_never_sent",
    "zombie": "waits_for_one_of_two",
    "orphan": "leaves_a_grandchild",
    "bad-descriptor": "reads_the_write_end",
    "broken-pipe": "dies_of_sigpipe",
    "child-ran-on": "falls_out_of_its_branch",
    "infinite-loop": "computes_forever",
    "busy-wait": "spins_at_end_of_file",
    "no-progress": "sleeps_too_long",
}
BY_HAND: dict[str, dict[str, Any]] = {
    "fork-bomb": {"limit": "fork-bomb", "allowed": 512, "reached": 531, "unit": "processes"},
    "memory-limit": {"allowed": 1 << 30, "unit": "bytes"},
    "output-flood": {"allowed": 4 << 20, "reached": 5 << 20, "unit": "bytes"},
    "file-size-limit": {"allowed": 64 << 20, "unit": "bytes"},
    "cpu-limit": {"allowed": 30, "reached": 31, "unit": "s"},
    "segment-leaked": {"kind": "segment", "name": "System V segment 3", "size": 4096},
    "semaphore-leaked": {"kind": "queue", "name": "POSIX message queue /mail"},
    "fifo-left-behind": {"kind": "fifo", "name": "FIFO /world/mail"},
    "bus-error": {"pid": 100, "path": "/world/data", "file_size": 5000, "mapped": 16384},
    "segmentation-fault": {"pid": 100, "signal": 11, "address": 0x7F00},
    "private-mapping": {"pid": 101, "path": "/world/data", "length": 16384, "copied": 8192},
    "never-synced": {"pid": 100, "path": "/world/counter", "length": 4097},
    "unflushed-output": {"pid": 101, "fd": 4, "bytes": 11, "text": "hello world"},
    "duplicated-output": {"pid": 101, "parent": 100, "fd": 1, "bytes": 11, "text": "hello"},
    "lost-update": {"expected": 80_000, "found": 23_114},
    "torn-record": {"length": 5000, "limit": 4096},
    "partial-io": {"call": "read", "asked": 4096, "got": 100},
}
TIMEOUTS = ("infinite-loop", "busy-wait", "no-progress")


def made(identity: str, evidence: Evidence | None = None, **facts: Any) -> tuple[Run, Finding]:
    return record_of("f()", evidence or Evidence(), Limits()), Finding(identity, "", "", facts)


def test_every_id_has_a_kind_of_picture_and_a_test() -> None:
    assert KINDS.keys() == CATALOGUE.keys()
    assert REAL.keys() | BY_HAND.keys() == CATALOGUE.keys()


@pytest.mark.parametrize(("identity", "name"), REAL.items())
def test_finding_of_a_real_run_is_drawn(identity: str, name: str, record: Any) -> None:
    run = record(name, timeout=1.0 if identity in TIMEOUTS else 10.0)
    (finding,) = run.findings
    assert finding.id == identity
    drawing = draw_finding(run, finding)
    assert drawing is not None
    parse(drawing)
    pid = finding.evidence.get("pid")
    if pid is not None:
        assert f"process {pid}" in drawing.text.lower()


@pytest.mark.parametrize(("identity", "facts"), BY_HAND.items())
def test_finding_is_drawn_from_its_evidence(identity: str, facts: dict[str, Any]) -> None:
    drawing = draw_finding(*made(identity, **facts))
    assert drawing is not None
    parse(drawing)
    for key in ("pid", "fd", "bytes", "reached", "expected", "found", "asked", "got", "copied"):
        if key in facts:
            assert f"{facts[key]:,}" in drawing.title + drawing.text


@pytest.mark.parametrize("identity", CATALOGUE)
def test_without_evidence_no_number_is_invented(identity: str) -> None:
    drawing = draw_finding(*made(identity))
    if drawing is not None:
        parse(drawing)
        assert not re.search(r"\d", drawing.text.replace("n + 1", ""))


@pytest.mark.parametrize("identity", CATALOGUE)
@pytest.mark.parametrize("wrong", [-1, "many", None, float("nan"), True, [], 10**30, b"\xff\x00"])
def test_evidence_of_the_wrong_kind_does_no_harm(identity: str, wrong: object) -> None:
    keys = {key for facts in BY_HAND.values() for key in facts}
    keys |= {"errno", "address", "offset", "cpu_percent", "read_calls", "read_bytes", "fill"}
    drawing = draw_finding(*made(identity, **dict.fromkeys(keys | {"channel"}, wrong)))
    if drawing is not None:
        parse(drawing)


def test_bus_error_shows_the_bytes_the_zeros_and_the_pages_past_the_end() -> None:
    drawing = draw_finding(*made("bus-error", file_size=5000, mapped=16384))
    assert drawing is not None
    shown = texts(parse(drawing))
    assert "5,000 bytes" in shown
    assert "3,192 bytes, zero" in shown
    assert "2 pages, 8,192 bytes" in shown
    whole = draw_finding(*made("bus-error", file_size=8192, mapped=12288))
    assert whole is not None
    assert "rest of the page" not in texts(parse(whole))
    empty = draw_finding(*made("bus-error", file_size=0, mapped=4096))
    assert empty is not None
    assert texts(parse(empty))[1:] == [
        "past the end",
        "1 page, 4,096 bytes",
        "touching them is SIGBUS",
    ]


def test_fork_bomb_is_told_by_generations() -> None:
    evidence = Evidence(first_inner=100, most_processes=531)
    evidence.seen = {100: (100, 1, "python3", "S")}
    evidence.seen |= {pid: (pid, pid - 1, "python3", "S") for pid in range(101, 1000)}
    run, finding = made("fork-bomb", evidence)
    drawing = draw_finding(run, finding)
    assert drawing is not None
    parse(drawing)
    assert "531 processes at once" in drawing.text
    assert "first process 1, its children 1, grandchildren 1" in drawing.text


def test_tree_shows_all_zombies_once_and_keeps_their_forebears() -> None:
    evidence = Evidence(first_inner=100)
    evidence.seen = {100: (100, 1, "python3", "S")}
    evidence.seen |= {pid: (pid, 100, "python3", "S") for pid in range(101, 160)}
    evidence.seen[150] = (150, 1, "cat", "Z")
    evidence.zombies = {150: (149, "cat"), 155: (100, "python3")}
    evidence.born = {150: (150, 149)}
    record = record_of("f()", evidence, Limits())
    findings = [Finding("zombie", "", "", {"pid": pid}) for pid in (150, 155)]
    first, second = (draw_finding(record, finding) for finding in findings)
    assert first is not None
    assert first == second
    shown = texts(parse(first))
    assert shown.count("zombie: ended, and nobody waited for it") == 2
    assert {"process 100", "process 149", "process 150, cat", "process 155"} <= set(shown)
    assert "… and 50 more processes" in shown


def test_findings_that_share_a_picture_show_it_once() -> None:
    evidence = Evidence(first_inner=100)
    evidence.leftovers = [
        Leftover(
            "segment", "System V segment 3 (key 0x41)", "shm:3", 101, 4096, "attached 0 times"
        ),
        Leftover("queue", "System V message queue 0 (key 0x0)", "msg:0", 999),
    ]
    record = record_of("f()", evidence, Limits())
    pictures = draw_findings(record)
    assert [finding.id for finding, _ in pictures] == ["segment-leaked", "semaphore-leaked"]
    (_, first), (_, second) = pictures
    assert first is not None
    assert second is None
    shown = texts(parse(first))
    assert "process 101" in shown
    assert "4,096 bytes, attached 0 times" in shown
    assert not [text for text in shown if "999" in text]  # of a queue, the last user only
