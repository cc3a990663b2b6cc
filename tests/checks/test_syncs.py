"""`syncs` and `maps`: what was mapped and written back, seen from the calls alone; and the mappings
that a picture shows."""

import mmap
import os

import pytest

from autograder import CheckFailed, run, snapshot

pytestmark = pytest.mark.usefixtures("level")


def counter(*steps: str) -> None:
    """A file of two pages, changed and written back in the order of `steps`."""
    with open("counter", "wb") as stream:
        stream.write(bytes(2 * mmap.PAGESIZE))
    with open("counter", "r+b") as stream, mmap.mmap(stream.fileno(), 0) as memory:
        for number, step in enumerate(steps, 1):
            if step == "change":
                memory[0] = number
            elif step == "change second page":
                memory[mmap.PAGESIZE] = number
            elif step == "flush":
                memory.flush()
            elif step == "flush first page":
                memory.flush(0, mmap.PAGESIZE)
            elif step == "fsync":
                os.fsync(stream.fileno())


def replaced() -> None:
    with open("counter", "wb") as stream:
        stream.write(b"no mapping")


@pytest.mark.parametrize(
    "steps",
    [
        ("change", "flush"),
        ("change", "fsync"),
        ("change", "flush", "change", "flush"),
        ("change", "flush first page"),
        (),
    ],
)
def test_change_that_is_written_back_passes(steps: tuple[str, ...]) -> None:
    run(counter, *steps).syncs("counter").syncs().has_no_findings()


@pytest.mark.parametrize(
    ("steps", "offset"),
    [
        (("change",), 0),
        (("flush", "change"), 0),
        (("change", "flush", "change"), 0),
        (("change", "change second page", "flush first page"), mmap.PAGESIZE),
    ],
)
def test_change_that_is_not_written_back_is_never_synced(
    steps: tuple[str, ...], offset: int
) -> None:
    with pytest.raises(CheckFailed) as failed:
        run(counter, *steps).syncs("counter")
    assert failed.value.run is not None
    (finding,) = failed.value.run.findings
    assert finding.id == "never-synced"
    assert (finding.evidence["offset"], finding.evidence["length"]) == (offset, 1)


def test_file_that_was_never_mapped_is_no_evidence() -> None:
    with pytest.raises(CheckFailed, match="never mapped"):
        run(replaced).syncs("counter")


def looked_at(flags: int) -> None:
    with open("counter", "wb") as stream:
        stream.write(bytes(3 * mmap.PAGESIZE))
    with open("counter", "r+b") as stream:
        with mmap.mmap(stream.fileno(), 10, flags, offset=mmap.PAGESIZE):
            snapshot("mapped")
        snapshot("unmapped")


@pytest.mark.parametrize(("flags", "shared"), [(mmap.MAP_SHARED, True), (mmap.MAP_PRIVATE, False)])
def test_picture_shows_the_mappings_of_a_file(flags: int, shared: bool) -> None:
    mapped, unmapped = run(looked_at, flags).snapshots
    (seen,) = mapped.mappings("counter")
    assert (seen.offset, seen.end - seen.start, seen.shared) == (
        mmap.PAGESIZE,
        mmap.PAGESIZE,
        shared,
    )
    assert unmapped.mappings("counter") == ()


def test_private_mapping_is_no_shared_one() -> None:
    run(looked_at, mmap.MAP_SHARED).maps("counter")
    with pytest.raises(CheckFailed, match="never mapped"):
        run(looked_at, mmap.MAP_PRIVATE).maps("counter")
