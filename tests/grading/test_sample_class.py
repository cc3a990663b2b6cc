"""Some students of the bundled class, graded as `make grade` does."""

from pathlib import Path

from autograder.grading import Course, batch
from autograder.grading.result import Status
from autograder.grading.sample import build

ROOT = Path(__file__).parents[2]


def test_the_sample_class_gets_what_its_answers_deserve(tmp_path: Path) -> None:
    course = build(Course(ROOT), tmp_path)
    names = ("ada", "deniz", "fatima", "noor")
    wanted = [each for each in batch.find(course, [], None) if each.student in names]
    ada, deniz, fatima, noor = batch.run(course, wanted)
    assert (ada.score, ada.max_score, ada.status) == (100, 100, Status.GRADED)
    assert deniz.score is not None
    assert 50 < deniz.score < 100
    page = (course.root / deniz.feedback / "pipes.html").read_text()
    assert "reader-holds-write-end" in page
    assert "HIDDEN TESTS" not in page
    assert (fatima.score, fatima.status) == (0, Status.UNREADABLE)
    assert (noor.score, noor.status) == (90, Status.GRADED)
    assert "[reader-holds-write-end]" in " ".join(noor.notes), "her own cell hung"
