"""Registering displays and magics with the running IPython shell, once."""

from typing import Any

from IPython.core.getipython import get_ipython

from autograder.checks import CheckFailed, Run, words
from autograder.notebook.cards import failure_card, run_card
from autograder.notebook.fork_guard import ForkGuard
from autograder.notebook.sandbox_magic import SandboxMagic

_activated: set[int] = set()


def activate() -> None:
    """Make this shell show runs and failed checks as cards; without a shell this does nothing."""
    shell: Any = get_ipython()
    if shell is None or id(shell) in _activated:
        return
    _activated.add(id(shell))
    html = shell.display_formatter.formatters["text/html"]
    html.for_type(CheckFailed, failure_card)
    html.for_type(Run, run_card)
    shell.display_formatter.formatters["text/plain"].for_type(CheckFailed, _no_text)
    shell.register_magics(SandboxMagic(shell))

    def name_cell(file: str) -> str | None:
        named = shell.compile.format_code_name(file)
        return f"cell {named[1]}" if named else None

    words.label_files(name_cell)
    if hasattr(shell, "kernel"):  # a child of another shell has no sockets of anybody's
        ForkGuard(shell)


def _no_text(failure: CheckFailed, printer: object, cycle: bool) -> None:
    """Plain text of a card: nothing, since the error message below it says the same."""
