"""The picture of a pipe's slots."""

from typing import Any

from autograder.labs.slots import PipeSlots


def test_small_writes_share_a_slot(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("0")
    shown.do("write", size=100)
    shown.do("write", size=100)
    assert "1 of 16 slots used" in shown.picture.words
    assert "Slot 1: 200 bytes" in shown.picture.words


def test_a_slot_is_free_only_when_its_last_byte_is_read(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("7")
    assert "fitted: 48,000 bytes" in shown.do("fill", size=3000)
    assert "48,000 of 65,536 bytes (FIONREAD); 16 of 16 slots used: full" in shown.picture.words
    shown.do("read", size=2000)
    assert "Slot 1: 1,000 bytes" in shown.picture.words
    shown.do("fill", size=3000)
    assert shown.picture.verdict == "✗ You predicted: 7. What happened: 0."


def test_a_writer_that_finds_no_room_sleeps_until_there_is_some(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("0")
    shown.do("fill", size=4096)
    assert "there is no room" in shown.do("write", size=1)
    shown.wait_for("sleeps in write(4)")
    assert not shown.possible("write")
    shown.do("read", size=4096)
    shown.wait_for("has now returned: 1 byte")
    assert shown.possible("write")


def test_a_reader_of_an_empty_pipe_sleeps_until_something_comes(show: Any) -> None:
    shown = show(PipeSlots)
    shown.predict("0")
    assert "there is nothing to read" in shown.do("read", size=10)
    shown.wait_for("sleeps in read(3)")
    shown.do("write", size=7)
    shown.wait_for("has now returned: 7 bytes")
