"""Every picture that is named can be shown, and is a picture for everybody."""

from typing import Any
from xml.etree import ElementTree

import pytest

from autograder import labs
from autograder.labs import live

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", labs.PICTURES)
def test_a_picture_that_is_named_is_there(name: str, level: str) -> None:
    picture: Any = getattr(labs, name)()
    try:
        root = ElementTree.fromstring(picture.svg)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title") == picture.heading
        assert root.findtext(f"{SVG}desc")
        assert picture.words
        assert picture.question["text"].endswith("?")
        assert not any(each["enabled"] for each in picture.actions), "predict first"
        assert live._latest[type(picture.play)] is picture
    finally:
        picture.close()


def test_another_name_is_no_picture() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lunch'"):
        labs.lunch  # noqa: B018
