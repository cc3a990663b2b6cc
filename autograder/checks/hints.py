"""`hint("ping_pong")`: help for an exercise, a little more at each call.

The hints of an assignment lie beside its notebook in `hints.toml`: a list of three texts for each
exercise. A hint is a value and nothing else: a notebook shows it as the result of its cell, and a
call that was left in an answer changes nothing when the answer is graded.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = "hints.toml"
STEPS = 3
_given: dict[tuple[Path, str], int] = {}


@dataclass(frozen=True, slots=True)
class Hint:
    """A text that a notebook shows formatted, and a terminal as it is."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def hint(exercise: str, step: int | None = None) -> Hint:
    """The next hint for `exercise` in the current folder, or the one with the number `step`.

    There are three, each helps more than the one before. Never raises for a wrong name or number:
    the answer then says which there are.
    """
    path = Path.cwd() / FILE
    try:
        hints = read_hints(path)
    except FileNotFoundError:
        return Hint("There are no hints in this folder. The hints lie beside an assignment.")
    except (OSError, ValueError):
        return Hint(f"The file {FILE} in this folder cannot be read.")
    if exercise not in hints:
        return Hint(f"There is no exercise {exercise!r} here. There are: {', '.join(hints)}.")
    steps = hints[exercise]
    if step is None:
        step = min(_given.get((path, exercise), 0) + 1, len(steps))
        _given[path, exercise] = step
    if step not in range(1, len(steps) + 1):
        return Hint(f"The hints for {exercise} have the numbers 1 to {len(steps)}.")
    more = "" if step == len(steps) else " Call it again for more."
    return Hint(f"**Hint {step} of {len(steps)}.** {steps[step - 1]}{more}")


def read_hints(path: Path) -> dict[str, list[str]]:
    """The hints in a file, by exercise; raises OSError or ValueError."""
    with path.open("rb") as stream:
        table = tomllib.load(stream)
    if not all(isinstance(texts, list) for texts in table.values()):
        raise ValueError("each exercise has a list of texts")
    return {name: [str(text).strip() for text in texts] for name, texts in table.items()}
