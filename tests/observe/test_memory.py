"""What is read of address spaces: mappings, their use, their pages, pages of files in memory."""

import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.observe.mappings import PAGE, Mapping, mappings_of, pages_of, usage_of
from autograder.observe.procfs import Vanished
from autograder.observe.residency import resident_pages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.write_bytes(b"x" * (4 * PAGE))
    return path


@pytest.fixture
def shared(file: Path) -> Iterator[mmap.mmap]:
    with file.open("r+b") as stream, mmap.mmap(stream.fileno(), 0) as mapped:
        yield mapped


def _of(file: Path) -> Mapping:
    (found,) = (each for each in mappings_of() if each.path == str(file))
    return found


def test_shared_file_mapping_is_found_with_its_file_and_size(file: Path, shared: mmap.mmap) -> None:
    found = _of(file)
    assert (found.shared, found.writes, found.offset) == (True, True, 0)
    assert found.end - found.start == len(shared) == 4 * PAGE
    assert found.inode == file.stat().st_ino


def test_private_copy_is_anonymous_and_the_rest_is_the_files(file: Path) -> None:
    with file.open("rb") as stream:
        private = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_COPY)
    assert private[2 * PAGE : 2 * PAGE + 1] == b"x"
    private[0:1] = b"y"
    (usage,) = usage_of(path=str(file))
    assert not usage.mapping.shared
    assert usage.anonymous == PAGE
    pages = pages_of(usage.mapping)
    assert [page.own for page in pages[:3:2]] == [True, False]
    assert pages[0].mapped
    assert pages[2].mapped
    private.close()


def test_untouched_pages_are_not_mapped() -> None:
    with mmap.mmap(-1, 8 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        before = {(each.start, each.end) for each in mappings_of()}
        memory[5 * PAGE : 5 * PAGE + 1] = b"z"
        (home,) = (
            each
            for each in mappings_of()
            if (each.start, each.end) in before
            and each.end - each.start >= 8 * PAGE
            and not each.path
            and sum(page.mapped for page in pages_of(each)) == 1
            and each.writes
            and each.end - each.start == 8 * PAGE
        )
        assert [page.mapped for page in pages_of(home)].index(True) == 5


def test_page_that_a_child_shares_is_not_exclusive(file: Path, shared: mmap.mmap) -> None:
    shared[0:1] = b"1"
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(write_end)
        shared[0:1]
        os.read(read_end, 1)
        os._exit(0)
    mapping = next(each for each in mappings_of(pid) if each.path == str(file))
    while not pages_of(mapping, pid)[0].mapped:  # until the child has touched it
        pass
    assert not pages_of(mapping, pid)[0].exclusive
    os.close(write_end)
    os.waitpid(pid, 0)
    os.close(read_end)


def test_written_file_is_resident_and_an_empty_one_has_no_pages(tmp_path: Path, file: Path) -> None:
    assert resident_pages(str(file)) == (True,) * 4
    (tmp_path / "empty").touch()
    assert resident_pages(str(tmp_path / "empty")) == ()


def test_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        resident_pages(str(tmp_path / "none"))


def test_process_that_has_ended_has_vanished() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    with pytest.raises(Vanished):
        mappings_of(pid)
