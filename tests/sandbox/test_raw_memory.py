"""The system calls behind `mmap`, as they are."""

import errno
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import run
from autograder.observe.mappings import mappings_of
from autograder.sandbox import Outcome
from autograder.sandbox.raw_memory import (
    MAP_ANONYMOUS,
    MAP_FIXED,
    MAP_FIXED_NOREPLACE,
    MAP_PRIVATE,
    MAP_SHARED,
    MS_ASYNC,
    MS_SYNC,
    PROT_NONE,
    PROT_READ,
    Region,
    map_memory,
)

PAGE = mmap.PAGESIZE


@pytest.fixture
def file(tmp_path: Path) -> Iterator[int]:
    """A descriptor of a file of 1 page and 10 bytes."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * (PAGE + 10))
    fd = os.open(path, os.O_RDWR)
    yield fd
    os.close(fd)


def test_what_is_stored_in_a_shared_region_is_in_the_file(file: int) -> None:
    region = map_memory(PAGE + 10, fd=file)
    region.store(b"abc", 5)
    region.poke(b"de", 8)
    assert os.pread(file, 7, 4) == b"xabcdex"
    assert region.load(4, 7) == region.peek(4, 7) == b"xabcdex"
    region.unmap()


def test_page_past_the_end_of_the_file_is_told_without_a_fault(file: int) -> None:
    region = map_memory(3 * PAGE, fd=file)
    assert region.peek(PAGE + 10) == b"\0"
    for touch in (lambda: region.peek(2 * PAGE), lambda: region.poke(b"!", 2 * PAGE)):
        with pytest.raises(OSError, match="Bad address"):
            touch()
    region.unmap()


def test_memory_without_access_can_be_opened_later(file: int) -> None:
    region = map_memory(PAGE, PROT_NONE, MAP_SHARED, file)
    with pytest.raises(OSError, match="Bad address"):
        region.peek()
    region.protect(PROT_READ)
    assert region.load() == b"x"
    with pytest.raises(OSError, match="Bad address"):
        region.poke(b"!")
    region.unmap()


def test_part_that_is_unmapped_leaves_a_hole() -> None:
    region = map_memory(3 * PAGE, flags=MAP_PRIVATE | MAP_ANONYMOUS)
    region.unmap(PAGE, PAGE)
    spans = [(each.start, each.end) for each in mappings_of()]

    def covered(offset: int) -> bool:
        return any(low <= region.address + offset < high for low, high in spans)

    assert [covered(page * PAGE) for page in range(3)] == [True, False, True]
    region.unmap()


def test_fixed_address_is_an_order_and_noreplace_asks_first() -> None:
    region = map_memory(2 * PAGE, flags=MAP_PRIVATE | MAP_ANONYMOUS)
    region.store(b"old")
    flags = MAP_PRIVATE | MAP_ANONYMOUS
    with pytest.raises(FileExistsError):
        map_memory(PAGE, flags=flags | MAP_FIXED_NOREPLACE, address=region.address)
    assert region.load(0, 3) == b"old"
    again = map_memory(PAGE, flags=flags | MAP_FIXED, address=region.address)
    assert (again.address, region.load(0, 3)) == (region.address, bytes(3))
    region.unmap()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"length": 0}, errno.EINVAL),
        ({"length": PAGE, "offset": 1}, errno.EINVAL),
        ({"length": PAGE, "flags": MAP_SHARED | MAP_PRIVATE | 0x4}, errno.EINVAL),
        ({"length": PAGE, "fd": 999}, errno.EBADF),
    ],
)
def test_failed_call_raises_its_own_error(file: int, arguments: dict[str, int], code: int) -> None:
    with pytest.raises(OSError, match="mmap: ") as caught:
        map_memory(**{"fd": file, **arguments})
    assert caught.value.errno == code


def test_sync_refuses_two_ways_at_once(file: int) -> None:
    region = map_memory(PAGE, fd=file)
    region.sync(MS_SYNC)
    region.advise(mmap.MADV_RANDOM)
    with pytest.raises(OSError, match="msync") as caught:
        region.sync(MS_SYNC | MS_ASYNC)
    assert caught.value.errno == errno.EINVAL
    region.unmap()


def test_one_look_is_no_longer_than_a_pipe_takes() -> None:
    with pytest.raises(ValueError, match="at most"):
        Region(0, 1 << 20).peek(0, 4097)


def empty_file() -> None:
    fd = os.open("empty", os.O_RDWR | os.O_CREAT, 0o600)
    map_memory(PAGE, fd=fd).store(b"x")


@pytest.mark.usefixtures("level")
def test_store_past_the_end_of_the_file_is_a_bus_error() -> None:
    record = run(empty_file)
    assert record.outcome is Outcome.KILLED
    assert [finding.id for finding in record.findings] == ["bus-error"]
