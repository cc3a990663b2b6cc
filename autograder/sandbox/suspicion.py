"""When to believe that a run is stuck.

Nothing is decided from one look. A deadlock is believed when the looks of `STEADY_SECONDS` show
the same threads in the same calls with unchanged context-switch counts, and the wait-for graph
has nobody left who could go on, timers included. Where init cannot tell who armed a timer, the
processes are asked, and asking must not have changed the picture.
"""

import os
import time
from typing import TYPE_CHECKING, Any

from autograder.observe import (
    Analysis,
    Process,
    Semaphores,
    Snapshot,
    Sockets,
    Survey,
    WaitKind,
    analyse,
    descriptors_of,
    survey,
)
from autograder.observe.descriptors import Kind, carried_descriptors
from autograder.observe.pipes import Fill, fill_of
from autograder.observe.procfs import Vanished
from autograder.observe.snapshot import Fingerprint
from autograder.sandbox.evidence import Frame, Outcome, Picture
from autograder.sandbox.inquiry import ask, ask_finally, read_stacks
from autograder.sandbox.isolation import PROCESS

if TYPE_CHECKING:
    from autograder.sandbox.watch import Watch

STEADY_SECONDS = 0.08
_FIRST_GLANCE = 0.5
_MOST_SOCKETS = 500


class Suspicion:
    """What speaks for it that one run is stuck."""

    def __init__(self, watch: "Watch") -> None:
        self.watch = watch
        self.evidence = watch.evidence
        self._fingerprint: Fingerprint | None = None
        self._steady_since = 0.0
        self._examined: Fingerprint | None = None
        self._timed: set[int] = set()
        self._supervised = False
        self._semaphores = Semaphores()
        self._sockets = Sockets(queued=True)
        self._pause = _FIRST_GLANCE
        self._next_glance = time.monotonic() + self._pause
        self._glanced: tuple[Snapshot, Analysis] | None = None
        self._believed: tuple[Picture, Analysis] | None = None

    def consider(self, seen: Survey, now: float) -> None:
        """Believe in a deadlock only after the same look for `STEADY_SECONDS`."""
        if seen.fingerprint is None or seen.fingerprint != self._fingerprint:
            self._fingerprint, self._steady_since = seen.fingerprint, now
            return
        if now - self._steady_since < STEADY_SECONDS or seen.fingerprint == self._examined:
            return
        self._examined = seen.fingerprint
        self._examine()

    def glance(self, now: float) -> None:
        """Now and then, more and more seldom, look whether a part of the run is stuck for good.

        An interrupt from the terminal ends the program before anybody can look.
        """
        if now < self._next_glance:
            return
        self._pause *= 2
        self._next_glance = now + self._pause
        self._note_timers()
        picture = self.watch.snapshot()
        analysis = self.analyse(picture, frozenset())
        if analysis.causes and (self._glanced is None or self._glanced[1].edges != analysis.edges):
            self._pause = _FIRST_GLANCE  # to be believed when it is seen again
        elif analysis.causes:
            stacks = read_stacks(_most_telling_first(analysis))
            picture_of_it = Picture(picture, "before it was interrupted", stacks)
            self._believed = (picture_of_it, analysis)
        if not analysis.causes:
            self._believed = None
        self._glanced = (picture, analysis)

    def recall(self) -> None:
        """After an interrupt: what the glances had seen."""
        if self.evidence.stuck is None and self._believed is not None:
            self.evidence.stuck, self.evidence.analysis = self._believed

    def _examine(self) -> None:
        self._note_timers()
        if self.watch.ended:
            return
        picture = self.watch.snapshot()
        analysis = self.analyse(picture, frozenset())
        if not analysis.total or survey(self.watch.world.init_pid).fingerprint != self._fingerprint:
            return
        stacks: dict[int, tuple[Frame, ...]] = {}
        if not self._supervised:
            # Nobody has seen who armed a timer: ask, without waking anybody who writes.
            stacks = ask(self.watch, restartable(analysis, sorted(analysis.stuck)))
            self._timed |= {pid for pid, (timer, _) in self.watch.channels.answers.items() if timer}
            picture, first = self.watch.snapshot(), analysis
            analysis = self.analyse(picture, frozenset(stacks))
            if not analysis.total or analysis.edges != first.edges:
                self._fingerprint = self._examined = None  # asking has woken somebody
                return
        fills = _fills(analysis)  # before anybody is disturbed
        order = _most_telling_first(analysis)
        order = [pid for pid in order if pid not in stacks]
        stacks |= ask_finally(self.watch, order, _fragile(analysis))
        self.evidence.stuck = Picture(picture, "stuck", stacks, fills=fills)
        self.evidence.analysis = analysis
        self.watch.conclude(Outcome.DEADLOCK)

    def _note_timers(self) -> None:
        """Ask init whom a timer may still wake; without its word, whoever catches SIGALRM may."""
        world = self.watch.world
        living = self.watch.snapshot().living()
        _, account = world.account(self.watch.serial, _unix_sockets(living), _names(living))
        self._supervised = account is not None
        if account is not None:
            hosts = {process.inner: process.pid for process in living}
            self._timed = {hosts[inner] for inner in account["timed"] if inner in hosts}
            self._semaphores = _semaphores(account, hosts, world.level, not world.private)
            self._sockets = _sockets(account, living)

    def analyse(self, picture: Snapshot, untimed: frozenset[int]) -> Analysis:
        """The wait-for graph of a snapshot; `untimed` were asked and have no timer armed."""
        others = self.watch.world.watches.values()
        outside = frozenset().union(*(watch.channels.outside for watch in others))
        if self._supervised:
            untimed = frozenset(picture.processes)
        # The judge may hold a FIFO of the world's folder itself, or open one later in a check.
        own = (entry.channel for entry in descriptors_of(os.getpid()))
        outside |= frozenset(channel for channel in own if channel is not None)
        begun = self.watch.world.begun if not self.watch.world.private else 0.0
        timed = frozenset(self._timed)
        return analyse(
            picture, outside, timed, untimed - timed, begun, self._semaphores, self._sockets
        )

    def record_stuck(self, label: str) -> None:
        """Keep the picture of what everybody was doing, and who of them is stuck."""
        self._note_timers()
        picture = self.watch.snapshot()
        self.evidence.analysis = self.analyse(picture, frozenset())
        fills = _fills(self.evidence.analysis)
        order = _most_telling_first(self.evidence.analysis)
        stacks = ask_finally(self.watch, order, _fragile(self.evidence.analysis))
        if not self._supervised:
            self._timed |= {pid for pid, (timer, _) in self.watch.channels.answers.items() if timer}
            self.evidence.analysis = self.analyse(picture, frozenset())
        self.evidence.stuck = Picture(picture, label, stacks, fills=fills)


def _semaphores(
    account: dict[str, Any], hosts: dict[int, int], level: str, outsiders: bool
) -> Semaphores:
    """Init's word on semaphores and other objects in memory, with pids as seen from here."""
    holders = {
        (str(key), int(number)): hosts[last]
        for key, number, value, last in account["semaphores"]
        if value == 0 and last in hosts
    }
    return Semaphores(
        holders,
        foreign=frozenset(map(str, account["foreign"])),
        outsiders=outsiders,
        own=frozenset(map(str, account["own"])),
        inside=() if level == PROCESS else ("/dev/shm/", "/dev/mqueue/"),
    )


def _fills(analysis: Analysis) -> dict[str, Fill]:
    """How full the pipes are on which stuck processes wait."""
    found: dict[str, Fill] = {}
    for edge in analysis.edges:
        entry = edge.descriptor
        if entry is None or entry.channel is None or entry.kind not in (Kind.PIPE, Kind.FIFO):
            continue
        if entry.channel not in found and (fill := fill_of(edge.pid, entry.fd)):
            found[entry.channel] = fill
    return found


def _unix_sockets(living: list[Process]) -> list[int]:
    """The inodes of the sockets that processes hold, a few hundred at most."""
    inodes = {
        int(entry.target[len("socket:[") : -1])
        for process in living
        for entry in process.descriptors
        if entry.kind is Kind.SOCKET
    }
    return sorted(inodes)[:_MOST_SOCKETS]


def _names(living: list[Process]) -> list[str]:
    """The names of the objects in memory that processes wait for, a few hundred at most."""
    waits = (task.wait for process in living for task in process.tasks if task.wait)
    return sorted({wait.key for wait in waits if wait.key.startswith("/")})[:_MOST_SOCKETS]


def _sockets(account: dict[str, Any], living: list[Process]) -> Sockets:
    """Init's word on who is connected to whom, and whether descriptors are under way."""
    known = account["sockets"]
    if known is None:
        return Sockets(queued=True)
    peers = {f"socket:[{inode}]": f"socket:[{peer}]" for inode, peer, _ in known if peer}
    full = {f"socket:[{inode}]" for inode, _, queued in known if queued}
    return Sockets(peers, not all(_carries_none(channel, living) for channel in full))


def _carries_none(channel: str, living: list[Process]) -> bool:
    """Whether it is certain that what waits in a socket is bytes alone."""
    for process in living:
        for entry in process.descriptors:
            if entry.channel == channel:
                try:
                    return carried_descriptors(process.pid, entry.fd) == 0
                except Vanished:
                    continue
    return False


def _fragile(analysis: Analysis) -> frozenset[int]:
    """Processes in waits that a signal ends with an error, before Python can say where it was."""
    kinds = (WaitKind.SEMAPHORE, WaitKind.MESSAGE)
    return frozenset(edge.pid for edge in analysis.edges if edge.relation in kinds)


def _most_telling_first(analysis: Analysis) -> list[int]:
    """All processes: first the members of closed groups, and within each those that do not write.

    A signal cuts a write short, which would move the others on before they were asked.
    """
    causes = frozenset().union(*analysis.causes)
    calm = set(restartable(analysis, sorted(analysis.stuck)))
    everybody = analysis.stuck | analysis.live
    return sorted(everybody, key=lambda pid: (pid not in causes, pid not in calm, pid))


def restartable(analysis: Analysis, pids: list[int]) -> list[int]:
    """Those of `pids` that wait in calls which a signal does not cut short: not in a write."""
    writing = {edge.pid for edge in analysis.edges if edge.wait.kind is WaitKind.WRITE}
    return [pid for pid in pids if pid in analysis.stuck and pid not in writing]
