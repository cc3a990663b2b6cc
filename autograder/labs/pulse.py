"""Whether a page still shows a picture: told by its heartbeats, with a clock that is fair.

A page in the background may send one beat a minute only, and a kernel that works on a long cell
hears none at all, though they were sent. So silence is counted in looks that came on time: a look
that came late tells that the kernel was busy, and says nothing of the page.
"""

import time
from collections.abc import Callable

LOOK_SECONDS = 15.0
_LATE, _MOST_SILENT = 1.5, 10


class Pulse:
    """Counts looks without a beat; `lost` after two and a half minutes of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._silent = 0

    def beat(self) -> None:
        """The page is there."""
        self._silent = 0

    def look(self) -> bool:
        """To be called every `LOOK_SECONDS`; whether the page is gone for certain."""
        now = self._clock()
        if now - self._last <= _LATE * LOOK_SECONDS:
            self._silent += 1
        self._last = now
        return self._silent >= _MOST_SILENT
