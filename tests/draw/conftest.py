"""Programs to draw: those of tests/programs.py, shipped by value as a notebook's functions are."""

from collections.abc import Callable, Iterator

import cloudpickle
import programs
import pytest

from autograder import run
from autograder.checks import Run

Make = Callable[..., Run]


@pytest.fixture(scope="module")
def record() -> Iterator[Make]:
    """Run a program of tests/programs.py by its name, once for the tests of a module."""
    known: dict[str, Run] = {}

    def make(name: str, timeout: float = 10.0) -> Run:
        if name not in known:
            known[name] = run(getattr(programs, name), timeout=timeout)
        return known[name]

    cloudpickle.register_pickle_by_value(programs)
    yield make
    cloudpickle.unregister_pickle_by_value(programs)
