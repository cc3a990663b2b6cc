"""What is said while a class is graded."""

import io
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console

from autograder.grading.progress import Follower, duration, followed
from autograder.grading.result import Result, Status


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def console(terminal: bool = False) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=terminal, width=120, highlight=False, soft_wrap=True
    )


def said(where: Console) -> str:
    assert isinstance(where.file, io.StringIO)
    return where.file.getvalue()


def graded(student: str, status: Status = Status.GRADED, unchanged: bool = False) -> Result:
    return Result("t", student, status, unchanged=unchanged)


def test_rate_time_left_failures_and_names_are_told() -> None:
    clock = Clock()
    with Follower(12, console(), clock) as follower:
        assert follower.status() == ""
        follower.started("t", "ada")
        follower.started("t", "ben")
        assert follower.status() == "ada, ben"
        clock.now += 6
        follower.finished(graded("ada"))
        follower.finished(graded("ben", Status.FAILED))
        follower.started("t", "carla")
        assert (follower.done, follower.per_minute, follower.seconds_left) == (2, 20, 30)
        assert follower.status() == "1 failed · 20/min · 30 s left · carla"


def test_many_names_are_cut_short() -> None:
    with Follower(9, console(), Clock()) as follower:
        for student in "abcdefg":
            follower.started("t", student)
        assert follower.status() == "a, b, c, d and 3 more"


def test_what_has_not_changed_does_not_count_for_the_rate() -> None:
    clock = Clock()
    with Follower(100, console(), clock) as follower:
        clock.now += 30
        for number in range(90):
            follower.finished(graded(f"{number}", unchanged=True))
        assert follower.seconds_left is None
        follower.finished(graded("new"))
        assert (follower.per_minute, follower.seconds_left) == (2, 270)


def test_without_a_terminal_there_is_one_plain_line_for_each() -> None:
    clock, where = Clock(), console()
    with Follower(2, where, clock) as follower:
        follower.started("t", "ada")
        follower.finished(graded("[red]ada"))
        clock.now += 90
        follower.finished(graded("ben", Status.FAILED))
    assert said(where).splitlines() == [
        "t  [red]ada: -/0 graded",
        "t  ben: -/0 grader failed",
        "2 of 2 done in 1:30 min, 1 graded a minute, the grader failed on 1.",
    ]


def test_on_a_terminal_the_bar_shows_who_is_in_work() -> None:
    where = console(terminal=True)
    with Follower(3, where, Clock()) as follower:
        follower.started("t", "[b]ada")
        follower.finished(graded("ben"))
        follower._bar.refresh()
    assert "1/3" in said(where)
    assert "[b]ada" in said(where)


def test_events_may_come_from_any_thread() -> None:
    where = console()

    def work(number: int) -> None:
        follower.started("t", f"{number}")
        follower.finished(graded(f"{number}"))

    with Follower(200, where) as follower, ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(200)))
    assert follower.done == 200
    assert follower.in_work == {}
    assert len(said(where).splitlines()) == 201


def test_results_are_passed_on_in_their_order() -> None:
    results = [graded("ada"), graded("ben", Status.FAILED)]
    assert followed(iter(results), 2) == results


def test_times_are_written_as_a_person_would() -> None:
    assert [duration(each) for each in (0.4, 59.4, 125, 3600 + 62)] == [
        "0 s", "59 s", "2:05 min", "1:01:02 h",
    ]  # fmt: skip
