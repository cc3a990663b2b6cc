"""The bytes in each slot of a pipe, told without taking any away."""

import contextlib
import os
from collections.abc import Iterator

import pytest

from autograder.observe.pipes import SLOT, fill_of, slots_of

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    ends = os.pipe()
    os.set_blocking(ends[1], False)
    yield ends
    for end in ends:
        os.close(end)


def _slots(pipe: Pipe) -> tuple[int, ...] | None:
    return slots_of(os.getpid(), pipe[0])


def test_an_empty_pipe_uses_no_slot(pipe: Pipe) -> None:
    assert _slots(pipe) == ()


def test_a_write_is_added_to_the_last_slot_while_it_fits(pipe: Pipe) -> None:
    for size in (1, 10, 3000, 3000, 5000):
        os.write(pipe[1], b"x" * size)
    assert _slots(pipe) == (3011, 5000 - SLOT + 3000, SLOT)


def test_looking_takes_nothing_away_and_leaves_room_as_it_was(pipe: Pipe) -> None:
    data = bytes(range(200))
    os.write(pipe[1], data)
    for _ in range(3):
        assert _slots(pipe) == (200,)
    os.write(pipe[1], b"more")
    assert _slots(pipe) == (204,), "a slot that was looked at still takes bytes"
    assert os.read(pipe[0], 1000) == data + b"more"


def test_the_slots_of_a_full_pipe_add_up(pipe: Pipe) -> None:
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe[1], b"x" * 3000)
    fill = fill_of(os.getpid(), pipe[0])
    assert fill is not None
    assert _slots(pipe) == (3000,) * (fill.capacity // SLOT)
    assert fill.waiting == sum(_slots(pipe) or ())


def test_a_write_end_is_refused(pipe: Pipe) -> None:
    os.write(pipe[1], b"x")
    assert slots_of(os.getpid(), pipe[1]) is None
