"""Which wrong answer is shown which finding: `python tests/course/finding_map.py` prints it.

The answers' own words are taken for it; `test_submissions.py` shows that they are true.
"""

import ast
import re
from collections import defaultdict
from pathlib import Path

from autograder.checks.catalogue import CATALOGUE

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
PROMISE = re.compile(r"^(Finding|Explanation): (.+)$", re.M)
# No run of an exercise may take so long that it meets the limit of processor time.
NOT_EARNED = {"cpu-limit"}


def promised(answer: Path) -> tuple[str, str]:
    """("Finding", its id) or ("Explanation", words of it): what this wrong answer must be shown."""
    promise = PROMISE.search(ast.get_docstring(ast.parse(answer.read_text("utf-8"))) or "")
    assert promise, f"{answer} does not say what the student must be shown"
    return promise[1], promise[2]


def exercises_by_finding() -> dict[str, dict[str, list[str]]]:
    """{finding: {"pipes/ping_pong": [answers]}}, in the order of the catalogue."""
    found: dict[str, dict[str, list[str]]] = {identity: defaultdict(list) for identity in CATALOGUE}
    for answer in sorted(SUBMISSIONS.glob("*/*/wrong/*.py")):
        kind, text = promised(answer)
        if kind == "Finding":
            assignment, exercise = answer.parts[-4:-2]
            found[text][f"{assignment}/{exercise}"].append(answer.stem)
    return found


def table() -> str:
    """The map as a table in markdown."""
    lines = ["| finding | shown to a wrong answer of |", "|---|---|"]
    for identity, exercises in exercises_by_finding().items():
        names = [
            f"`{exercise}`" + (f" ({len(answers)})" if len(answers) > 1 else "")
            for exercise, answers in exercises.items()
        ]
        where = ", ".join(names) or "no exercise runs long enough for it"
        lines.append(f"| `{identity}` | {where} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
