"""Programs to draw: those of programs/functions.py, shipped by value, as notebooks ship theirs."""

from collections.abc import Callable

import pytest
from programs import functions

from autograder import run
from autograder.checks import Run

Make = Callable[..., Run]


@pytest.fixture(scope="module")
def record() -> Make:
    """Run a program of programs/functions.py by its name, once for the tests of a module."""
    programs = functions()
    known: dict[str, Run] = {}

    def make(name: str, timeout: float = 10.0) -> Run:
        if name not in known:
            known[name] = run(getattr(programs, name), timeout=timeout)
        return known[name]

    return make
