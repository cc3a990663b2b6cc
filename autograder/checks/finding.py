"""A finding: one thing that went wrong, explained from evidence."""

from dataclasses import dataclass, field
from typing import Any

from autograder.checks.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of the catalogue, seen in one run.

    `explanation` tells what happened in this run; `hint` what to change; `evidence` the plain
    facts (pids, descriptors, files, lines) it rests on.
    """

    id: str
    explanation: str
    hint: str
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The catalogue's name for it."""
        return CATALOGUE[self.id].title

    @property
    def lesson(self) -> str:
        """Where the course teaches it: 'notebook#section'."""
        return CATALOGUE[self.id].lesson

    def as_plain(self) -> dict[str, Any]:
        """The finding as the JSON contract has it."""
        return {
            "id": self.id,
            "title": self.title,
            "explanation": self.explanation,
            "hint": self.hint,
            "lesson": self.lesson,
            "evidence": self.evidence,
        }
