"""Live pictures for the lessons: real processes, and what the kernel says of them, in a notebook.

    from autograder.labs import pipe_slots

    pipe_slots()

Theory of operation:

    browser ------ live.js: the clock; asks for a look, sends what was clicked        (live.js)
      | comm
    kernel ------- LivePicture holds what is shown; a Play says what it means          (live, play)
      | socket
    world -------- actors: processes that do the system calls they are told     (stage, actor)

Nothing here is imported by `import autograder`; each picture's module is loaded when it is used.
"""

from importlib import import_module
from typing import Any

_PICTURES = {
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

__all__ = list(_PICTURES)


def __getattr__(name: str) -> Any:
    """The picture `name`, as a function that shows it."""
    if name not in _PICTURES:
        raise AttributeError(f"module {__name__!r} has no picture {name!r}")
    module = import_module(f"autograder.labs.{_PICTURES[name]}")
    return getattr(module, name)
