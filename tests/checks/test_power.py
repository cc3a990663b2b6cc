"""Killed at a line; and what of a mapped file a power cut may leave."""

import mmap

import pytest

from autograder import sandbox
from autograder.checks.power import killed_at, possible_disks

pytestmark = pytest.mark.usefixtures("level")
PAGE = mmap.PAGESIZE


def three_marks(path: str) -> int:
    with open(path, "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        memory[0] = 1
        memory[PAGE] = 2
        memory.flush()
        memory[0] = 3
    return 4


@pytest.mark.parametrize(
    ("line", "marks", "disks"),
    [
        (1, (0, 0), {(0, 0)}),
        (2, (1, 0), {(0, 0), (1, 0)}),
        (3, (1, 2), {(0, 0), (1, 0), (0, 2), (1, 2)}),
        (4, (1, 2), {(1, 2)}),
        (5, (3, 2), {(1, 2), (3, 2)}),
    ],
)
def test_each_page_that_was_not_written_back_may_be_old_or_new(
    line: int, marks: tuple[int, int], disks: set[tuple[int, int]]
) -> None:
    with sandbox() as box:
        result = box.run(killed_at, line, three_marks, "f", files={"f": bytes(2 * PAGE)})
        result.killed_by(9).has_no_findings()
        content = (box.path / "f").read_bytes()
        seen = [disk["f"] for disk in possible_disks(result, box.path)]
    assert (content[0], content[PAGE]) == marks
    assert {(disk[0], disk[PAGE]) for disk in seen} == disks
    assert len(seen) == len(disks)


def test_function_with_fewer_lines_returns() -> None:
    with sandbox() as box:
        box.run(killed_at, 1000, three_marks, "f", files={"f": bytes(2 * PAGE)}).returns(4)
