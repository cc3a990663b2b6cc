"""The grader's own failures: one tree, apart from `CheckFailed`, which is the student's.

An `AutograderError` never costs a student a point: whoever catches one reports it as a failure
of the grader and leaves the mark open.
"""


class AutograderError(Exception):
    """Something in the grader or on this machine failed; the student's work is not to blame."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback through the grader's own code."""
        return [f"{type(self).__name__}: {self}"]


class SandboxError(AutograderError):
    """A world could not be made, or its trusted processes did not answer."""


class UsageError(AutograderError):
    """A check or a command was called with arguments that make no sense."""
