"""Every word of the notebooks' texts is English, or one of the course's own in `vocabulary.txt`."""

import re
from functools import cache
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from tests.course.conftest import ROOT
from tests.course.links import texts

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("source/*/*.ipynb")])
NO_PROSE = re.compile(
    r"^```.*?^```$"  # blocks of code
    r"|\w*``?[^`]+``?\w*"  # code
    r"|<code>.*?</code>|<[^>]+>"
    r"|\]\([^)]*\)",  # where a link leads
    re.M | re.S,
)


@cache
def dictionary() -> SpellChecker:
    english = SpellChecker(distance=1)
    english.word_frequency.load_words(VOCABULARY.read_text(encoding="utf-8").split())
    return english


def misspelt(text: str) -> set[str]:
    """The words that nobody knows; names in capitals, such as SIGBUS, are left alone."""
    prose = NO_PROSE.sub(" ", text)
    words = {
        word.strip("'").removesuffix("'s")
        for word in re.findall(r"(?<!\w)[A-Za-z][A-Za-z']*[a-z]", prose)
    }
    return {word for word in words if word and word.lower() not in dictionary()}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_word_is_spelt_as_it_should_be(notebook: Path) -> None:
    assert misspelt(texts(notebook)) == set()


@pytest.mark.parametrize("text", ["The kernal waits.", "It recieves", "a *procss*"])
def test_a_mistake_would_be_seen(text: str) -> None:
    assert misspelt(text)


def test_the_vocabulary_has_no_word_twice_and_none_that_is_not_used() -> None:
    words = VOCABULARY.read_text(encoding="utf-8").split()
    assert words == sorted(set(words), key=str.lower)
    used = " ".join(texts(notebook) for notebook in NOTEBOOKS).lower()
    assert not [word for word in words if word.lower() not in used]
