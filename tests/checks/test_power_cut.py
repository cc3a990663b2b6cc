"""A power cut takes what mapped files had not written back, and nothing else."""

import mmap
import random
from pathlib import Path

import pytest

from autograder import AutograderError, sandbox

pytestmark = pytest.mark.usefixtures("level")
PAGE = mmap.PAGESIZE


def change(pages: list[int], flushed: list[int], mark: bytes = b"new") -> None:
    """Change some pages of a file of three, and write some of them back."""
    with open("ledger", "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        for page in pages:
            memory[page * PAGE : page * PAGE + 3] = mark
        for page in flushed:
            memory.flush(page * PAGE, min(PAGE, len(memory) - page * PAGE))


def marks(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[page * PAGE : page * PAGE + 3] for page in range(3)]


OLD = b"old".ljust(PAGE, b".") * 2 + b"old"  # the last page is not a whole one


@pytest.mark.parametrize(
    ("flushed", "expected"),
    [
        ([], [b"old", b"old", b"old"]),
        ([1], [b"old", b"new", b"old"]),
        ([0, 1, 2], [b"new", b"new", b"new"]),
    ],
)
def test_power_cut_takes_the_pages_that_were_not_written_back(
    flushed: list[int], expected: list[bytes]
) -> None:
    with sandbox() as box:
        changed = box.run(change, [0, 1, 2], flushed, files={"ledger": OLD}).returns(None)
        assert marks(box.path / "ledger") == [b"new"] * 3
        box.power_cut(changed)
        assert marks(box.path / "ledger") == expected
        assert (box.path / "ledger").stat().st_size == len(OLD)


def test_reboot_alone_keeps_every_page() -> None:
    with sandbox() as box:
        box.run(change, [0, 2], [], files={"ledger": OLD})
        box.reboot()
        assert marks(box.path / "ledger") == [b"new", b"old", b"new"]


def flood() -> None:
    with open("big", "wb") as stream:
        stream.write(random.randbytes(40 * PAGE))
    with open("big", "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        memory[:] = bytes(len(memory))


def test_power_cut_that_concerns_too_large_a_file_is_an_error_of_ours() -> None:
    with sandbox() as box:
        flooded = box.run(flood)
        with pytest.raises(AutograderError, match="big is too large"):
            box.power_cut(flooded)
