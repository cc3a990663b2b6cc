"""The page of truth of a finding, as text: what it means, how it is seen, how to mend it, where
it is taught."""

from autograder.checks import CATALOGUE
from autograder.draw.lettering import COLUMNS, wrap


def page(identity: str) -> list[tuple[str, str]]:
    """The parts of the page, each with its heading. Raises KeyError for an unknown id."""
    entry = CATALOGUE[identity]
    return [
        ("What it means", entry.meaning),
        ("How it is seen", entry.seen),
        ("How to mend it", entry.mend),
        ("Where it is taught", f"{lesson(entry.lesson)}."),
    ]


def lesson(target: str) -> str:
    """'lesson 06_pipes, section “end of file”', from 'notebook#section'."""
    name, _, section = target.partition("#")
    return f"lesson {name}" + (f", section “{section.replace('-', ' ')}”" if section else "")


def explain_id(identity: str, columns: int = COLUMNS) -> str:
    """The whole page as plain text, at most `columns` wide. Raises KeyError for an unknown id."""
    lines = [f"{CATALOGUE[identity].title} [{identity}]"]
    for heading, text in page(identity):
        lines += ["", f"{heading}:", *wrap(f"  {text}", columns)]
    return "\n".join(lines)
