"""Which picture a finding gets."""

from collections.abc import Callable

from autograder.checks import Finding, Run
from autograder.draw.amounts import draw_effort, draw_limit
from autograder.draw.buffers import (
    draw_bad_descriptor,
    draw_broken_pipe,
    draw_duplicated,
    draw_never_synced,
    draw_unflushed,
)
from autograder.draw.drawing import Drawing
from autograder.draw.leftovers import draw_leftovers
from autograder.draw.memory import draw_bus_error, draw_private_mapping, draw_segmentation_fault
from autograder.draw.races import draw_lost_update, draw_partial, draw_torn_record
from autograder.draw.trees import draw_fork_bomb, draw_tree
from autograder.draw.waits import draw_waits

KINDS: dict[str, Callable[[Run, Finding], Drawing | None]] = {
    "reader-holds-write-end": draw_waits,
    "write-end-left-open": draw_waits,
    "wait-before-drain": draw_waits,
    "circular-wait": draw_waits,
    "fifo-open-deadlock": draw_waits,
    "lock-order-deadlock": draw_waits,
    "semaphore-never-released": draw_waits,
    "message-never-sent": draw_waits,
    "no-progress": draw_waits,
    "zombie": draw_tree,
    "orphan": draw_tree,
    "child-ran-on": draw_tree,
    "fork-bomb": draw_fork_bomb,
    "segment-leaked": draw_leftovers,
    "semaphore-leaked": draw_leftovers,
    "fifo-left-behind": draw_leftovers,
    "bus-error": draw_bus_error,
    "segmentation-fault": draw_segmentation_fault,
    "private-mapping": draw_private_mapping,
    "never-synced": draw_never_synced,
    "unflushed-output": draw_unflushed,
    "duplicated-output": draw_duplicated,
    "broken-pipe": draw_broken_pipe,
    "bad-descriptor": draw_bad_descriptor,
    "infinite-loop": draw_effort,
    "busy-wait": draw_effort,
    "cpu-limit": draw_limit,
    "memory-limit": draw_limit,
    "output-flood": draw_limit,
    "file-size-limit": draw_limit,
    "lost-update": draw_lost_update,
    "torn-record": draw_torn_record,
    "partial-io": draw_partial,
}


def draw_finding(run: Run, finding: Finding) -> Drawing | None:
    """The picture of one finding of a run; None where too little is known to draw anything."""
    return KINDS[finding.id](run, finding)


def draw_findings(run: Run) -> list[tuple[Finding, Drawing | None]]:
    """Every finding of a run with its picture; a picture that two share comes with the first."""
    seen: set[str] = set()
    found: list[tuple[Finding, Drawing | None]] = []
    for finding in run.findings:
        drawing = draw_finding(run, finding)
        if drawing is not None and drawing.svg in seen:
            drawing = None
        if drawing is not None:
            seen.add(drawing.svg)
        found.append((finding, drawing))
    return found
