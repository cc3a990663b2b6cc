"""`syncs`: the last change of a mapped file was written back, seen from the calls alone."""

import mmap
import os

import pytest

from autograder import CheckFailed, run

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
