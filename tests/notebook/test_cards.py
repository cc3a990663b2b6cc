"""What a card shows: each finding with its own picture and page, none of them twice."""

import os
import re

from autograder import run
from autograder.checks import CATALOGUE, CheckFailed
from autograder.checks.running import record_of
from autograder.notebook.cards import failure_card, findings_card, run_card
from autograder.observe.ledger import Leftover
from autograder.sandbox import Evidence, Limits


def _two_stuck_children() -> None:
    for _ in range(2):
        if os.fork() == 0:
            read_end, _write_end = os.pipe()
            os.read(read_end, 1)
            os._exit(0)
    os.wait()


def test_each_finding_has_its_own_picture() -> None:
    record = run(_two_stuck_children)
    assert len(record.findings) == 2
    for card in (
        run_card(record),
        findings_card(record),
        failure_card(CheckFailed("f", "", "", record)),
    ):
        assert card.count("<svg") == 2
        assert card.count("<b>Who waits for whom</b>") == 2
        assert len(set(re.findall(r"<svg.*?</svg>", card, re.DOTALL))) == 2
        for explanation in (finding.explanation for finding in record.findings):
            first = explanation.split("`")[0]
            assert first in card


def test_shared_picture_is_shown_once() -> None:
    evidence = Evidence()
    evidence.leftovers = [
        Leftover("fifo", "FIFO /w/one", "one"),
        Leftover("fifo", "FIFO /w/two", "two"),
    ]
    record = record_of("f()", evidence, Limits())
    assert len(record.findings) == 2
    card = run_card(record)
    assert card.count("<svg") == 1
    assert card.count("<details>") == 2


def test_page_of_truth_is_in_the_details() -> None:
    evidence = Evidence()
    evidence.leftovers = [Leftover("segment", "<System V segment>", "one", size=4096)]
    card = run_card(record_of("f()", evidence, Limits()))
    entry = CATALOGUE["segment-leaked"]
    details = card[card.index("<details>") :]
    for part in (entry.meaning, entry.seen, "How to mend it", "lesson 02_shared_memory"):
        assert part in details
    assert "<code>finally</code>" in details
    assert "<System V segment>" not in card
