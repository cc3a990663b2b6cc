"""Which processes a picture shows when there are more than fit, and which of them are alike."""

from collections import defaultdict

from autograder.observe import Analysis, Process
from autograder.sandbox import Picture

MOST_BOXES = 8


class Crowd:
    """The living processes of a picture in at most `MOST_BOXES` groups, each drawn as one box.

    Few processes are a group each. Of many, those that are alike (same parent and program, same
    wait, same descriptors) share a group; then the groups nearest to the cause are shown.
    """

    def __init__(
        self,
        picture: Picture,
        analysis: Analysis | None,
        cause: tuple[int, ...] = (),
        named: tuple[int, ...] = (),
    ) -> None:
        self._analysis = analysis
        living = picture.snapshot.living()
        groups = [[process] for process in living]
        if len(living) > MOST_BOXES:
            groups = self._alike(living, cause)
        near = _Nearness(analysis, cause, named or cause[:1])
        groups.sort(key=lambda people: (min(near(each.pid) for each in people), people[0].pid))
        self._left = [process for people in groups[MOST_BOXES:] for process in people]
        self.groups = sorted(groups[:MOST_BOXES], key=lambda people: people[0].pid)

    def hidden(self) -> str:
        """'and 5 more processes, 3 of them stuck', or nothing."""
        if not self._left:
            return ""
        stuck = self._analysis.stuck if self._analysis else frozenset()
        caught = sum(process.pid in stuck for process in self._left)
        count = len(self._left)
        text = f"and {count} more process" + ("es" if count > 1 else "")
        return text + (f", {caught} of them stuck" if caught else "")

    def _alike(self, living: list[Process], cause: tuple[int, ...]) -> list[list[Process]]:
        found: dict[object, list[Process]] = defaultdict(list)
        for process in sorted(living, key=lambda process: process.pid):
            waits = tuple((task.state, task.wait) for task in process.tasks)
            ends = tuple((entry.fd, entry.target, entry.access) for entry in process.descriptors)
            kin = (process.parent, process.command, process.pid in cause)
            found[kin, waits, ends].append(process)
        return list(found.values())


class _Nearness:
    """How many waits a process is away from those that are named; the rest comes after."""

    def __init__(
        self, analysis: Analysis | None, cause: tuple[int, ...], named: tuple[int, ...]
    ) -> None:
        self._steps: dict[int, int] = {}
        self._cause = frozenset(cause)
        self._stuck = analysis.stuck if analysis else frozenset()
        following: dict[int, set[int]] = defaultdict(set)
        for edge in analysis.edges if analysis else ():
            following[edge.pid] |= edge.holders or edge.blockers
        queue = list(named)
        self._steps.update(dict.fromkeys(queue, 0))
        while queue:
            pid = queue.pop(0)
            for other in sorted(following[pid] - self._steps.keys()):
                self._steps[other] = self._steps[pid] + 1
                queue.append(other)

    def __call__(self, pid: int) -> tuple[bool, bool, int]:
        return pid not in self._cause, pid not in self._stuck, self._steps.get(pid, 1 << 30)
