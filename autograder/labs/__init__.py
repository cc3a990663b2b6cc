"""What is alive in a notebook: pictures of real processes, and the panel of an exercise.

    from autograder.labs import panel, pipe_slots

    pipe_slots()
    panel("ping_pong")

Theory of operation of a live picture:

    browser ------ live.js: the clock; asks for a look, sends what was clicked        (live.js)
      | comm
    kernel ------- LivePicture holds what is shown; a Play says what it means          (live, play)
      | socket
    world -------- actors: processes that do the system calls they are told     (stage, actor)

`panel` and `overview` are plain ipywidgets and HTML (panel_*, overview_page).

Nothing here is imported by `import autograder`; each module is loaded when it is used.
"""

from importlib import import_module
from typing import Any

from autograder.sandbox import judge

PICTURES = {
    "browser_board": "board",
    "end_of_file_ruler": "ruler",
    "page_grid": "grid",
    "pipe_ends": "ends",
    "pipe_slots": "slots",
    "segment_card": "segment",
    "sharers": "sharing",
    "two_spaces": "addresses",
    "who_waits": "circle",
}
_MODULES = PICTURES | {"overview": "overview_page", "panel": "panel_cell"}

__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    """What is called `name`, as a function that shows it."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in PICTURES:
        judge.template()  # loads in a process of its own, while the widget is loaded in this one
    module = import_module(f"autograder.labs.{_MODULES[name]}")
    return getattr(module, name)
