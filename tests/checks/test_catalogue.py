"""The catalogue's promises: every entry is complete, and its lesson section is there."""

import re
from pathlib import Path

import pytest

from autograder.checks import CATALOGUE
from tests.course.links import texts

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
# The lessons of the course. One that is not written yet may be named, without a section.
LESSONS = {
    "00_start_here",
    "01_processes",
    "02_shared_memory",
    "03_memory_mapped_files",
    "04_mmap_in_detail",
    "05_persistence",
    "06_pipes",
    "07_redirection",
    "08_named_pipes",
}
CONTRACT = """
    reader-holds-write-end write-end-left-open wait-before-drain circular-wait fifo-open-deadlock
    lock-order-deadlock semaphore-never-released message-never-sent bad-descriptor broken-pipe
    zombie orphan segment-leaked semaphore-leaked fifo-left-behind bus-error segmentation-fault
    infinite-loop busy-wait no-progress fork-bomb memory-limit output-flood file-size-limit
    cpu-limit child-ran-on unflushed-output duplicated-output private-mapping never-synced
    lost-update torn-record partial-io
"""


def _sections(lesson: str) -> set[str]:
    """The headings of a lesson, as they are named in links."""
    titles = re.findall(r"^#+ ?(.+)$", texts(NOTEBOOKS / f"{lesson}.ipynb"), re.M)
    return {re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") for title in titles}


def test_every_id_of_the_contract_has_its_page() -> None:
    assert CATALOGUE.keys() == set(CONTRACT.split())


@pytest.mark.parametrize("finding", CATALOGUE)
def test_entry_is_complete_and_its_lesson_is_there(finding: str) -> None:
    entry = CATALOGUE[finding]
    assert entry.title[0].isupper()
    assert not entry.title.endswith(".")
    for text in (entry.meaning, entry.seen, entry.mend):
        assert text.endswith(".")
        assert text.count("`") % 2 == 0
        assert "  " not in text
    lesson, _, section = entry.lesson.partition("#")
    assert lesson in LESSONS
    if (NOTEBOOKS / f"{lesson}.ipynb").exists():
        assert section in _sections(lesson)
    else:
        assert not section
