"""System V segments for check cells: what is in one, and nothing left of it afterwards.

A check calls these inside the world, from the function that drives the student's; the kernel's
table itself is read by `observe.sysvipc`.
"""

import sysv_ipc

from autograder.observe.sysvipc import Segment, segments


def segment_of(path: str) -> Segment | None:
    """The row of the segment whose key is `ftok(path, 'R')`; None when there is none."""
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True) & 0xFFFFFFFF
    return next((row for row in segments() if row.key == key), None)


def contents(identity: int) -> bytes:
    """All bytes of a segment; it is attached for that moment."""
    segment = sysv_ipc.attach(identity)
    try:
        return bytes(segment.read())
    finally:
        segment.detach()


def taken(path: str) -> bytes | None:
    """What is in the segment that belongs to `path`, which is removed; None: there is none."""
    row = segment_of(path)
    if row is None:
        return None
    data = contents(row.id)
    sysv_ipc.remove_shared_memory(row.id)
    return data
