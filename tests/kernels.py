"""A fixture for tests that execute notebooks in this process."""

import pytest
from nbformat import v4
from nbgrader.preprocessors import Execute


@pytest.fixture(scope="session", autouse=True)
def warm_jupyter() -> None:
    """The first kernel opens descriptors (an event loop, ZeroMQ) that serve all later ones."""
    Execute().preprocess(v4.new_notebook(cells=[v4.new_code_cell("1")]), {})
