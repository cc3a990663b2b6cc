"""What the kernel says about processes, descriptors, pipes and waits. Read-only.

Nothing here opens another process's pipe (that would add an end and hide its EOF), attaches to
a process or changes anything. Every reader copes with processes that vanish while being read.
"""

from autograder.observe.deadlock import Analysis, Edge, Semaphores, Sockets, analyse
from autograder.observe.descriptors import Descriptor, descriptors_of
from autograder.observe.procfs import Vanished
from autograder.observe.snapshot import (
    Process,
    Snapshot,
    Survey,
    Task,
    survey,
    take_snapshot,
)
from autograder.observe.waits import Wait, WaitKind

__all__ = [
    "Analysis",
    "Descriptor",
    "Edge",
    "Process",
    "Semaphores",
    "Snapshot",
    "Sockets",
    "Survey",
    "Task",
    "Vanished",
    "Wait",
    "WaitKind",
    "analyse",
    "descriptors_of",
    "survey",
    "take_snapshot",
]
