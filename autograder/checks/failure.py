"""`CheckFailed`: the student's tree of exceptions."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.checks.record import Run


class CheckFailed(AssertionError):
    """A check did not hold: what was expected, what happened, and the run that shows it.

    `run` is None when nothing could be run, for example because the function is not there.
    """

    def __init__(
        self,
        call: str,
        expected: str,
        actual: str,
        run: "Run | None" = None,
        seeds: dict[str, int] | None = None,
    ) -> None:
        super().__init__(call, expected, actual, run, seeds)
        self.call = call
        self.expected = expected
        self.actual = actual
        self.run = run
        self.seeds = dict(seeds or {})
        self._shown = False

    def __str__(self) -> str:
        lines = [f"{self.call}", f"  expected: {self.expected}", f"  actual:   {self.actual}"]
        for finding in self.run.findings if self.run else ():
            lines += [
                f"  why:      {finding.explanation} [{finding.id}]",
                f"  to do:    {finding.hint}",
            ]
        if self.seeds:
            shown = ", ".join(f"{name} {seed}" for name, seed in self.seeds.items())
            lines.append(f"  seed:     {shown} (the same inputs again: AUTOGRADER_SEED=<number>)")
        return "\n".join(lines)

    def headline(self) -> str:
        """What was expected, what happened, and what to do: for places without room for a card."""
        lines = [f"{self.call}: expected: {self.expected}; actual: {self.actual}"]
        for finding in self.run.findings if self.run else ():
            lines.append(f"[{finding.id}] {finding.hint}")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows as the traceback: nothing of the grader's own code.

        Called by IPython alone, which is therefore importable here. The card, with explanation
        and picture, comes from whatever formatter is registered for this class. IPython may ask
        more than once.
        """
        from IPython.display import display

        if not self._shown:
            self._shown = True
            display(self)
        return [f"CheckFailed: {self.headline()}"]
