"""Pictures of real waits: true to what happened, the finding's own group in front."""

import os
import socket
from dataclasses import replace
from typing import Any

import pytest
from looks import SVG, parse, texts

from autograder import run, snapshot
from autograder.checks import Run
from autograder.draw import Drawing, describe_picture, draw_finding, draw_findings
from autograder.draw.waits import picture_of


def _staged() -> None:
    snapshot("before")
    read_end, write_end = os.pipe()
    snapshot("with <a> pipe & more")
    os.close(read_end)
    os.close(write_end)


def only(record: Run) -> Drawing:
    (finding,) = record.findings
    drawing = draw_finding(record, finding)
    assert drawing is not None
    return drawing


def test_deadlock_is_drawn_and_told_in_words(record: Any) -> None:
    drawing = only(record("parent_keeps_write_end_and_waits"))
    root = parse(drawing)
    assert root.find(f"{SVG}title").text == "Who waits for whom"
    sketch, words = drawing.text.split("\n\n")
    assert sketch.splitlines() == [
        "process 100 ── waits for the end of ──▶ process 101",
        "process 101 ── waits ──▶ pipe A ◀── keeps it open ── process 100",
    ]
    assert words == root.find(f"{SVG}desc").text
    assert "  descriptor 3 (read_end): read end of pipe A, waits" in words.splitlines()
    assert "  descriptor 4 (write_end): write end of pipe A, keeps it open" in words.splitlines()
    assert words.count(", stuck") == 2
    assert words.endswith("Pipe A: 0 of 65,536 bytes")
    dashed = [path for path in root.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(dashed) == 3  # the wait for the child, the wait for data, and the legend


def test_writer_waits_for_a_pipe_without_room(record: Any) -> None:
    words = only(record("wait_before_drain")).text
    assert "pipe A ◀── does not read ── process 100" in words
    assert "Pipe A: 65,536 of 65,536 bytes" in words


def test_fill_of_a_pipe_is_shown_where_the_finding_tells_it(record: Any) -> None:
    found = record("wait_before_drain")
    (finding,) = found.findings
    for facts, note in (
        ({"fill": 65_536, "capacity": 65_536}, "65,536 of 65,536 bytes"),
        ({"fill": 48_000, "capacity": None}, "48,000 bytes"),
    ):
        told = replace(finding, evidence=finding.evidence | facts)
        drawing = draw_finding(found, told)
        assert drawing is not None
        assert note in texts(parse(drawing))
        assert f"Pipe A: {note}" in drawing.text


def test_socket_pair_is_one_thing_with_two_ends(record: Any) -> None:
    drawing = only(record("both_read_from_a_socket_pair"))
    shown = texts(parse(drawing))
    assert [text for text in shown if text.startswith("socket pair")] == ["socket pair A"]
    assert "process 100 ── waits ──▶ socket pair A ◀── waits too ── process 101" in drawing.text
    assert "descriptor 3: end 1 of socket pair A" in drawing.text
    assert "descriptor 4: end 2 of socket pair A" in drawing.text


def test_semaphores_lead_from_waiter_to_holder(record: Any) -> None:
    steps = [
        line
        for line in only(record("semaphores_in_opposite_orders")).text.splitlines()
        if "◀" in line
    ]
    assert len(steps) == 2
    assert "process 101 ── waits ──▶ semaphore 0 of set" in steps[0]
    assert steps[0].endswith("◀── used it last ── process 102")
    assert steps[1].endswith("◀── used it last ── process 101")


def test_file_locks_lead_from_waiter_to_holder(record: Any) -> None:
    text = only(record("file_locks_in_opposite_orders")).text
    assert "process 101 ── waits ──▶ lock on b ◀── has it ── process 102" in text
    assert "process 102 ── waits ──▶ lock on a ◀── has it ── process 101" in text
    assert "Process 100: in wait4" in text
    assert text.count(", stuck behind them") == 1


def test_fifo_that_is_being_opened_is_drawn_dashed(record: Any) -> None:
    drawing = only(record("fifo_opened_by_one_alone"))
    assert "FIFO A (mail) ◀── nobody opens the other side" in drawing.text
    assert "opens FIFO A (mail) for writing, and waits" in drawing.text
    shown = texts(parse(drawing))
    assert "FIFO A (mail)" in shown
    assert "not open yet" in shown


def test_each_group_of_waits_stands_out_in_its_own_picture() -> None:
    def two_groups() -> None:
        for _ in range(2):
            if os.fork() == 0:
                read_end, _write_end = os.pipe()
                os.read(read_end, 1)
                os._exit(0)
        os.wait()

    record = run(two_groups)
    pictures = draw_findings(record)
    assert [finding.id for finding, _ in pictures] == ["reader-holds-write-end"] * 2
    for finding, drawing in pictures:
        assert drawing is not None
        shown = texts(parse(drawing))
        assert shown.count("■ stuck") == 1
        heading = shown[shown.index("■ stuck") - 1]
        assert heading.startswith(f"Process {finding.evidence['pid']} ")
        assert shown.count("□ stuck behind them") == 2


@pytest.mark.usefixtures("level")
def test_snapshots_show_the_moment_they_were_asked_for() -> None:
    first, second = run(_staged).closes_descriptors().snapshots
    assert (first.label, second.label) == ("before", "with <a> pipe & more")
    assert "pipe A" not in describe_picture(first)
    assert "descriptor 3 (read_end): read end of pipe A" in describe_picture(second)
    assert "takes this picture" in describe_picture(second)
    drawing = picture_of(second, title=second.label)
    assert drawing.title == "with <a> pipe & more"
    parse(drawing)


def test_snapshot_outside_a_world_does_nothing() -> None:
    snapshot("nobody is looking")


def test_processes_that_are_alike_share_a_box() -> None:
    def crowd() -> None:
        read_end, _ = os.pipe()
        for _ in range(12):
            if os.fork() == 0:
                os.read(read_end, 1)
                os._exit(0)
        os.wait()

    drawing = only(run(crowd))
    parse(drawing)
    assert "12 alike: processes 101, 102, …, 112: in read(3)" in drawing.text
    assert "waits for the end of process 101, 102, 103 or 9 more" in drawing.text


def test_of_many_processes_a_connected_part_is_shown() -> None:
    def row_of_twenty() -> None:
        pipes = [os.pipe() for _ in range(20)]
        for read_end, _ in pipes:
            if os.fork() == 0:
                os.read(read_end, 1)
                os._exit(0)
        os.wait()

    drawing = only(run(row_of_twenty))
    root = parse(drawing)
    assert "and 13 more processes, 13 of them stuck" in drawing.text
    lines = [path for path in root.iter(f"{SVG}path") if " C " in path.get("d", "")]
    assert len(lines) <= 24
    assert "and 39 more descriptors" in drawing.text


def test_holder_that_the_finding_names_is_shown_among_many() -> None:
    def everybody_holds() -> None:
        read_end, write_end = os.pipe()
        lines = [os.pipe() for _ in range(12)]
        if os.fork() == 0:
            os.close(write_end)
            os.read(read_end, 1)
            os._exit(0)
        for line in lines:
            if os.fork() == 0:
                os.read(line[0], 1)
                os._exit(0)
        os.wait()

    record = run(everybody_holds)
    finding = record.findings[0]
    told = replace(finding, evidence={"pid": 101, "holder": 113})
    drawing = draw_finding(record, told)
    assert drawing is not None
    parse(drawing)
    assert "process 101 ── waits ──▶ pipe A ◀── keeps it open ── process 113" in drawing.text


def test_unconnected_sockets_are_things_of_their_own() -> None:
    def listens() -> None:
        with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as other:
            listener.bind("door")
            snapshot(f"{listener.fileno()} {other.fileno()}")
        os.unlink("door")

    (picture,) = run(listens).snapshots
    words = describe_picture(picture)
    assert "an end of socket A" in words
    assert "an end of socket B" in words
