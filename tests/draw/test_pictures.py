"""Pictures of real runs: well-formed, described in words, and true to what happened."""

import os
from xml.etree import ElementTree

import pytest

from autograder import run, snapshot
from autograder.draw import describe_picture, draw_picture

SVG = "{http://www.w3.org/2000/svg}"


def _hang() -> None:
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.read(read_end, 1)
        os._exit(0)
    os.wait()
    os.close(write_end)


def _staged() -> None:
    snapshot("before")
    read_end, write_end = os.pipe()
    snapshot("with <a> pipe & more")
    os.close(read_end)
    os.close(write_end)


def test_deadlock_is_drawn_and_told_in_words() -> None:
    evidence = run(_hang).evidence
    assert evidence.stuck is not None
    svg = ElementTree.fromstring(draw_picture(evidence.stuck, evidence.analysis, "stuck"))
    assert svg.find(f"{SVG}title").text == "stuck"
    words = describe_picture(evidence.stuck, evidence.analysis)
    assert svg.find(f"{SVG}desc").text == words
    assert "descriptor 3 (read_end) reads from pipe A, and waits" in words
    assert "descriptor 4 (write_end) writes to pipe A" in words
    assert words.count("stuck") == 2
    dashed = [path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(dashed) == 1


@pytest.mark.usefixtures("level")
def test_snapshots_show_the_moment_they_were_asked_for() -> None:
    first, second = run(_staged).closes_descriptors().snapshots
    assert (first.label, second.label) == ("before", "with <a> pipe & more")
    assert "pipe A" not in describe_picture(first)
    assert "descriptor 3 (read_end) reads from pipe A" in describe_picture(second)
    assert "takes this picture" in describe_picture(second)
    assert ElementTree.fromstring(draw_picture(second, title=second.label)) is not None


def test_snapshot_outside_a_world_does_nothing() -> None:
    snapshot("nobody is looking")


def test_many_processes_are_cut_to_a_readable_number() -> None:
    def crowd() -> None:
        read_end, _ = os.pipe()
        for _ in range(12):
            if os.fork() == 0:
                os.read(read_end, 1)
                os._exit(0)
        os.wait()

    evidence = run(crowd).evidence
    assert evidence.stuck is not None
    assert "and 5 more processes" in describe_picture(evidence.stuck, evidence.analysis)
