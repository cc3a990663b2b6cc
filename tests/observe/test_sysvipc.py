"""Rows of the kernel's table of segments."""

import os
from collections.abc import Iterator

import pytest
import sysv_ipc

from autograder.observe.ledger import ipc_objects
from autograder.observe.sysvipc import segment, segments


@pytest.fixture
def made() -> Iterator[sysv_ipc.SharedMemory]:
    memory = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, mode=0o640, size=100)
    yield memory
    if memory.attached:
        memory.detach()
    if segment(memory.id):
        memory.remove()


def test_row_tells_what_the_segment_was_made_with(made: sysv_ipc.SharedMemory) -> None:
    row = segment(made.id)
    assert row is not None
    assert (row.id, row.key, row.mode, row.size) == (made.id, made.key, 0o640, 100)
    assert (row.attached, row.removed) == (1, False)
    assert {row.creator, row.last} == {os.getpid()}
    assert row in segments()


def test_segment_that_is_marked_for_deletion_loses_its_key(made: sysv_ipc.SharedMemory) -> None:
    made.remove()
    row = segment(made.id)
    assert row is not None
    assert (row.key, row.mode, row.attached, row.removed) == (0, 0o640, 1, True)
    (left,) = (each for each in ipc_objects() if each.key == f"shm:{made.id}")
    assert left.note == "attached 1 times, marked for deletion"


def test_segment_goes_with_its_last_detach(made: sysv_ipc.SharedMemory) -> None:
    made.remove()
    made.detach()
    assert segment(made.id) is None
