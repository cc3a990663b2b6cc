"""The course inside IPython: cards for failed checks and runs, and the `%%sandbox` magic."""

from autograder.notebook.extension import activate

__all__ = ["activate"]
