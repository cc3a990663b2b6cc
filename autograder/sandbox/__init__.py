"""Where student code runs: template process, worlds, limits, and the evidence of a run.

Theory of operation:

    judge --------- reads /proc from outside, decides, never runs student code   (world, watch)
      | socket
    template ------ single-threaded, imports done once                           (template)
      | fork, once per world
    init ---------- PID 1 of a world; reaps; its end is the end of the world     (init)
      | fork, once per run
    student ------- the exercise; forks, execs, maps, pipes as it likes          (student)

Who reaps whom: init reaps the student process and every orphan of its world, the template reaps
the inits, the judge reaps the template.
"""

from autograder.sandbox.evidence import Evidence, ExceptionRecord, Exit, Frame, Outcome, Picture
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.witnesses import snapshot
from autograder.sandbox.world import World

__all__ = [
    "Evidence",
    "ExceptionRecord",
    "Exit",
    "Frame",
    "Isolation",
    "Limits",
    "Outcome",
    "Picture",
    "World",
    "snapshot",
]
