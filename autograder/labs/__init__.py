"""Widgets for the lessons and the assignments.

`panel` and `overview`, for exercises, are plain ipywidgets and HTML (panel_*, overview_page).

Nothing here is imported by `import autograder`; each module is loaded when it is used.
"""

from importlib import import_module
from typing import Any

_MODULES = {
    "overview": "overview_page",
    "panel": "panel_cell",
}

__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    """What is called `name`, as a function that shows it."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"autograder.labs.{_MODULES[name]}")
    return getattr(module, name)
