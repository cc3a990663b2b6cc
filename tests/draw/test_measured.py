"""Pictures of what a lesson measures: every value is told in words too."""

import pytest
from looks import SVG, parse, texts

from autograder.draw import Bar, Drawing, draw_amounts, draw_curves, draw_pages

LOOKS = {"not in memory": "·", "in memory": "░", "mapped": "█", "copied": "▒", "past the end": "✗"}


def curves() -> Drawing:
    values = {
        "read": [(1.0, 0.5), (1024.0, 12.0), (1048576.0, 3400.0)],
        "mmap": [(1.0, 0.02), (1024.0, 20.0)],
    }
    return draw_curves("Time by size", "bytes", "microseconds", values)


def pages() -> Drawing:
    rows = {"after one touch": ["mapped"] * 16 + ["in memory"] * 24, "copied": ["copied"]}
    return draw_pages("A file of 40 pages", rows, LOOKS)


def amounts() -> Drawing:
    bars = [Bar("alone", 8.0, "8 MiB"), Bar("two share", 4.0, "4 MiB"), Bar("none", 0.0, "0")]
    return draw_amounts("PSS by sharers", bars)


@pytest.mark.parametrize("draw", [curves, pages, amounts])
def test_picture_is_told_in_at_most_80_columns(draw: object) -> None:
    drawing = draw()  # type: ignore[operator]
    root = parse(drawing)
    assert root.find(f"{SVG}title").text == drawing.title
    assert drawing.text.endswith(root.find(f"{SVG}desc").text)
    assert all(len(line) <= 80 for line in drawing.text.splitlines())
    assert drawing._repr_html_() == drawing.svg
    assert repr(drawing) == drawing.text


def test_curves_tell_every_value() -> None:
    drawing = curves()
    assert "read: 0.5 at 1, 12 at 1 Ki, 3,400 at 1 Mi" in drawing.text
    assert "mmap: 0.02 at 1, 20 at 1 Ki" in drawing.text
    shown = texts(parse(drawing))
    assert {"read", "mmap", "1 Ki", "1 Mi", "0.01", "10,000"} <= set(shown)


def test_curve_of_one_point_is_drawn() -> None:
    assert "5 at 3" in draw_curves("One", "x", "y", {"only": [(3.0, 5.0)]}).text


def test_pages_are_counted_though_only_the_first_are_drawn() -> None:
    drawing = pages()
    words = drawing.text.replace("\n", " ")
    assert "after one touch: 40 pages, 24 in memory, 16 mapped (the first 34 are drawn)" in words
    assert "█" * 16 + "░" * 18 in drawing.text
    assert "copied: 1 page, 1 copied" in words


def test_amounts_fill_the_field_with_the_longest() -> None:
    lines = amounts().text.splitlines()
    assert [line.count("█") for line in lines[:3]] == [30, 15, 0]
