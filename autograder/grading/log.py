"""What nbgrader says while it works: kept in a file, not shown on the terminal."""

from __future__ import annotations

import contextlib
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

LOG = logging.getLogger("autograder.grading")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False
LOG.setLevel(logging.INFO)
# Where nbgrader's gradebook tells of its errors (nbgrader/api.py), past any application.
_GRADEBOOK = logging.getLogger("tornado.application")


class _Said(logging.Handler):
    """Collects errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage().strip())

    def reason(self, error: BaseException) -> str:
        """Return one line on why `error` was raised: the end of a logged traceback, if any."""
        for line in self.lines:
            if line.startswith("Traceback"):
                return line.splitlines()[-1]
        said = [line for line in (*self.lines, str(error)) if line]
        return said[0].splitlines()[0] if said else type(error).__name__


@contextlib.contextmanager
def captured() -> Iterator[_Said]:
    """Collect what is logged in the block."""
    said = _Said()
    try:
        with _handled_by(said), warnings.catch_warnings():
            # nbgrader builds its records in an order that SQLAlchemy 2.1 remarks on; they are
            # stored all the same.
            warnings.filterwarnings("ignore", message="Object of type .* not in session")
            yield said
    finally:
        said.close()


@contextlib.contextmanager
def logged_to(path: Path) -> Iterator[None]:
    """Append what is logged in the block to the file at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    try:
        with _handled_by(handler):
            yield
    finally:
        handler.close()


@contextlib.contextmanager
def _handled_by(handler: logging.Handler) -> Iterator[None]:
    passes_on = _GRADEBOOK.propagate
    _GRADEBOOK.propagate = False
    for logger in (LOG, _GRADEBOOK):
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in (LOG, _GRADEBOOK):
            logger.removeHandler(handler)
        _GRADEBOOK.propagate = passes_on
