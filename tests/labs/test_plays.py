"""Each picture's question, answered by the kernel; and what its buttons really do."""

from typing import Any

from autograder.labs.addresses import TwoSpaces
from autograder.labs.board import BrowserBoard
from autograder.labs.circle import WhoWaits
from autograder.labs.ends import PipeEnds
from autograder.labs.grid import PageGrid
from autograder.labs.ruler import EndOfFileRuler
from autograder.labs.segment import SegmentCard
from autograder.labs.sharing import Sharers


def opened(show: Any, kind: Any) -> Any:
    """The picture with a prediction made: the first choice, or 1."""
    shown = show(kind)
    shown.predict((kind.question.choices or ("1",))[0])
    return shown


def happened(shown: Any) -> str:
    return str(shown.picture.verdict.partition("What happened: ")[2].rstrip("."))


def test_a_reader_that_keeps_its_own_write_end_is_stuck(show: Any) -> None:
    shown = opened(show, PipeEnds)
    for key in ("pipe", "fork", "write"):
        shown.do(key)
    assert "b'hello'" in shown.do("read")
    for key in ("parent-w", "read"):
        shown.do(key)
    assert happened(shown) == "it waits, for ever"
    words = shown.wait_for("keeps it open")
    assert "sleeps in read(3), stuck" in words
    shown.do("kill")
    assert "stuck" not in shown.look()


def test_a_reader_without_other_write_ends_sees_the_end_of_file(show: Any) -> None:
    shown = opened(show, PipeEnds)
    for key in ("pipe", "fork", "child-w", "parent-w"):
        shown.do(key)
    assert "end of file" in shown.do("read")


def test_only_a_write_through_a_private_mapping_copies_a_page(show: Any) -> None:
    shown = opened(show, PageGrid)
    shown.do("load private", page=3)
    shown.do("store private", page=5)
    assert happened(shown) == "only page 5"
    shown.do("fork")
    shown.do("child", page=7)
    words = " ".join(shown.picture.words.split())
    assert "14 not there, 2 a private copy" in words, "the child has its parent's copy and its own"
    shown.do("store shared", page=0)
    assert "there, dirty" in shown.picture.words.partition("shared mapping: ")[2]


def test_nattch_counts_attachments_and_outlives_removal(show: Any) -> None:
    shown = opened(show, SegmentCard)
    for key in ("create", "attach a", "attach a", "fork", "remove", "kill"):
        shown.do(key)
    assert happened(shown) == "2"
    assert "0 → 1 → 2 → 4 → 4 → 2" in shown.picture.words
    assert "removal is marked" in shown.picture.words
    shown.do("detach a")
    assert "does not exist any more" in shown.do("detach a")


def test_an_address_of_one_process_means_nothing_to_another(show: Any) -> None:
    shown = opened(show, TwoSpaces)
    shown.do("write")
    assert "hello from A" in shown.do("offset")
    assert "hello from A" not in shown.do("address")
    assert happened(shown).startswith("it finds something else")


def test_zeros_until_the_end_of_the_page_and_then_sigbus(show: Any) -> None:
    shown = opened(show, EndOfFileRuler)
    assert "a zero byte" in shown.do("load", at=6000)
    assert happened(shown) == "it gets a zero"
    assert "'x'" in shown.do("load", at=4999)
    assert "SIGBUS" in shown.do("load", at=8192)
    assert not shown.possible("load")
    shown.do("start")
    assert "'x'" in shown.do("load", at=4999)


def test_what_is_written_behind_the_end_is_lost(show: Any) -> None:
    shown = opened(show, EndOfFileRuler)
    assert "the file will never have it" in shown.do("store", at=6000)
    shown.do("truncate", at=9000)
    assert "a zero byte" in shown.do("load", at=6000)


def test_the_parts_of_sharers_add_up_to_the_whole(show: Any) -> None:
    shown = opened(show, Sharers)
    for _ in range(4):
        shown.do("join")
    assert happened(shown) == "8 MiB"
    assert "Sum of RSS: 32.00 MiB. Sum of PSS: 8.00 MiB." in shown.picture.words
    shown.do("write")
    assert "Sum of PSS: 10.00 MiB." in shown.picture.words
    shown.do("leave")
    assert "Sum of RSS: 24.00 MiB. Sum of PSS: 10.00 MiB." in shown.picture.words


def test_a_deadlock_is_shown_and_ends_with_one_of_the_two(show: Any) -> None:
    shown = opened(show, WhoWaits)
    shown.do("parent read")
    shown.do("child read")
    assert shown.wait_for("stuck").count("keeps it open") >= 2
    shown.do("child kill")
    shown.wait_for("returned b''")
    assert happened(shown) == "it returns b'': end of file"


def test_waiting_for_a_child_that_waits_for_room(show: Any) -> None:
    shown = opened(show, WhoWaits)
    shown.do("child fill")
    shown.do("parent wait")
    assert "65,536 of 65,536 bytes" in shown.wait_for("stuck")
    shown.do("child kill")
    shown.wait_for("the child ended with -9")


def test_a_killed_tab_is_a_sad_tab_and_no_more(show: Any) -> None:
    shown = opened(show, BrowserBoard)
    shown.do("load", tab=2, page=5)
    shown.wait_for("64 of 64 points painted")
    assert "SIGKILL" in shown.do("kill", tab=2, page=1)
    assert "tab 2: a sad tab" in shown.picture.words
    assert "64 of 64 points painted" in shown.picture.words, "its last pixels stay"
    assert "EPIPE" in shown.do("load", tab=2, page=1)
    shown.do("load", tab=1, page=7)
    for _ in range(10_000):
        if happened(shown):
            break
        shown.look()
    assert happened(shown) == "they go on"
    shown.do("again", tab=1, page=1)
    assert "sad" not in shown.picture.words
