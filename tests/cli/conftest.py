"""Commands execute notebooks in this process."""

from kernels import warm_jupyter  # noqa: F401 - a fixture
