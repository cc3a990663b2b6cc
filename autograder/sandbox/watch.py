"""One run, watched from outside: its output, its reports, its end, and whether it is stuck.

The life of a run, as seen here:

    launched -> running -> (at the gate) -> first process ended -> grace for the others -> over
                  |
                  +-> stuck, out of time, or over a limit -> its processes are killed -> over

What the processes say of themselves is taken by `reports`; whether they are stuck is decided by
`suspicion`.
"""

import base64
import contextlib
import os
import signal
import time
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from autograder.errors import SandboxError
from autograder.observe import Snapshot, Survey, survey, take_snapshot
from autograder.observe.procfs import Vanished, descendants_of, read_stat, read_status
from autograder.sandbox import messages
from autograder.sandbox.channels import Channels
from autograder.sandbox.evidence import (
    Complaint,
    Copied,
    Crash,
    Doubled,
    Evidence,
    Exit,
    Lost,
    Outcome,
    Polled,
    Refused,
    Short,
    Unsynced,
)
from autograder.sandbox.inquiry import measure
from autograder.sandbox.limits import Limits
from autograder.sandbox.reports import Reports
from autograder.sandbox.suspicion import Suspicion
from autograder.sandbox.totals import Totals

if TYPE_CHECKING:
    from autograder.sandbox.world import World

ORPHAN_SECONDS = 0.5
_MAX_SEEN = 1000


class Watch:
    """A live run; `evidence` is complete when `over` is true."""

    def __init__(
        self,
        world: "World",
        serial: int,
        channels: Channels,
        timeout: float,
        limits: Limits,
    ) -> None:
        self.world = world
        self.serial = serial
        self.limits = limits
        self.over = False
        self.evidence = Evidence(timeout=timeout)
        self.members: set[int] = set()
        self.channels = channels
        self.totals = Totals([world.folder, world.temporary] if world.private else [])
        self.suspicion = Suspicion(self)
        self.reports = Reports(self)
        channels.on_report = self.reports.take
        self._begun = time.monotonic()
        self.deadline = self._begun + timeout
        self._seen_zombies: dict[int, tuple[int, str]] = {}
        self._ended_at: float | None = None
        self.killed = False

    @property
    def ended(self) -> bool:
        """Whether the first process has ended."""
        return self._ended_at is not None

    # -- start ---------------------------------------------------------------------------------

    def launch(self, request: dict[str, Any], payload: bytes, extra: tuple[int, ...] = ()) -> None:
        """Send the run to init with its seven descriptors, and the extra ones of its call."""
        theirs = (*self.channels.open(payload), *extra)
        try:
            messages.send(self.world.control, request, theirs)
        except OSError as error:
            raise SandboxError(f"the world is gone ({error})") from error
        finally:
            messages.close_all(list(theirs))

    def on_started(self, inner: int) -> None:
        """Init forked the first process; `inner` is its pid inside."""
        self.evidence.first_inner = inner
        self.evidence.first = self.world.host_pid(inner) or -1
        self.members.add(self.evidence.first)
        self._note_processes([self.evidence.first])
        self.reports.take_early()

    # -- looking from outside ------------------------------------------------------------------

    def hidden(self) -> frozenset[str]:
        """Targets of the grader's own descriptors inside student processes."""
        return self.channels.hidden

    def snapshot(self) -> Snapshot:
        """All processes of the world now, without the grader's own descriptors."""
        return take_snapshot(self.world.init_pid, self.hidden())

    def look(self) -> None:
        """One look: processes counted, zombies noted, deadlock and deadline considered."""
        if self.over:
            return
        now = time.monotonic()
        if self._ended_at is not None:
            self._look_at_rest(now)
            return
        self.reports.consider_gate()
        seen = survey(self.world.init_pid)
        self._note(seen)
        if limit := self._limit_met(seen, now):
            self.evidence.limit = limit
            self.conclude(Outcome.LIMIT)
        elif now >= self.deadline:
            self._time_out()
        elif not self.reports.completed:
            self.suspicion.consider(seen, now)
            if not self.world.private:
                self.suspicion.glance(now)

    def _note(self, seen: Survey) -> None:
        self.evidence.most_processes = max(self.evidence.most_processes, len(seen.pids))
        if len(self.world.watches) > 1 and self.evidence.first > 0:
            with contextlib.suppress(Vanished):
                self.members.update(descendants_of(self.evidence.first))
        self._note_processes(seen.pids)
        for pid, parent in seen.zombies.items():
            if parent != self.world.init_pid and pid in self.evidence.seen:
                inner, _, command, _ = self.evidence.seen[pid]
                self._seen_zombies[inner] = (self._inner(parent), command)

    def _note_processes(self, pids: Iterable[int]) -> None:
        """Keep who was there, under the name and in the state in which it was seen last."""
        if len(self.evidence.seen) > _MAX_SEEN:
            return
        for pid in pids:
            with contextlib.suppress(Vanished):
                stat = read_stat(pid)
                own = self.evidence.seen.get(pid) or (self._inner(pid), self._inner(stat.parent))
                self.evidence.seen[pid] = (own[0], own[1], stat.command, stat.state)

    def _inner(self, pid: int) -> int:
        try:
            return read_status(pid).inner_pid
        except Vanished:
            return 0

    def interrupt(self) -> None:
        """End the run because the user wants so; what is known of it by then stays."""
        if not self.over:
            self.evidence.interrupted = True
            self.suspicion.record_stuck("when it was interrupted")
            self.evidence.exit = Exit(None, int(signal.SIGINT))
            self.conclude(Outcome.KILLED)

    def catches(self, number: int) -> bool:
        """Whether the first process handles or ignores a signal itself."""
        try:
            status = read_status(self.evidence.first)
        except Vanished:
            return False
        return bool((status.caught | status.ignored) >> (number - 1) & 1)

    def _time_out(self) -> None:
        self.evidence.spin = measure(self)
        self.suspicion.record_stuck("at the time-out")
        if self.ended:
            self.evidence.stuck = None  # it ended in the last moment, while we looked
            return
        self.conclude(Outcome.TIMEOUT)

    def _limit_met(self, seen: Survey, now: float) -> str | None:
        """The limit that the processes have met together, if one; of one alone the kernel sees."""
        if self.channels.flooded:
            return "output-flood"
        if len(seen.pids) > self.limits.processes:
            return "fork-bomb"
        if met := self.totals.beyond(self.limits, self.world.init_pid, now):
            limit, self.evidence.taken = met
            return limit
        return None

    # -- the end -------------------------------------------------------------------------------

    def on_ended(self, inner: int, status: int) -> None:
        """Init reaped `inner`: the first process of this run, or an orphan that came to init."""
        if inner != self.evidence.first_inner:
            if inner in self._seen_zombies and not self.killed:
                self.evidence.zombies.setdefault(inner, self._seen_zombies[inner])
            return
        self.channels.drain()
        if not self.killed:
            code = os.waitstatus_to_exitcode(status)
            self.evidence.exit = Exit(code, None) if code >= 0 else Exit(None, -code)
            if not self.reports.completed:
                self.evidence.outcome = Outcome.EXITED if code >= 0 else Outcome.KILLED
                self._check_limit_signals(-code)
        self._ended_at = time.monotonic()
        if self.killed or self._alone():
            self._finish()

    def _check_limit_signals(self, number: int) -> None:
        limits = {int(signal.SIGXCPU): "cpu-limit", int(signal.SIGXFSZ): "file-size-limit"}
        if number in limits:
            self.evidence.limit, self.evidence.outcome = limits[number], Outcome.LIMIT

    def _alone(self) -> bool:
        """Whether none of this run's processes is left."""
        if len(self.world.watches) == 1:
            return self.world.empty()
        return not self._living_members()

    def _living_members(self) -> set[int]:
        others: set[int] = set()
        for watch in self.world.watches.values():
            if watch is not self:
                others |= watch.members
        try:
            return set(descendants_of(self.world.init_pid)) - others
        except Vanished:
            return set()

    def _look_at_rest(self, now: float) -> None:
        """The first process has ended: give the others their time, then call them orphans."""
        if self._alone():
            self._finish()
        elif self._ended_at is not None and now - self._ended_at >= ORPHAN_SECONDS:
            left = self._living_members()
            self.suspicion.record_stuck("after the first process had ended")
            if self.evidence.stuck is not None:
                self.evidence.orphans = [
                    process.pid
                    for process in self.evidence.stuck.snapshot.living()
                    if process.pid in left
                ]
            self._kill_members()
            self._finish()

    def conclude(self, outcome: Outcome) -> None:
        """End the run's processes now, with this outcome."""
        self.evidence.outcome = outcome
        self._kill_members()
        self.channels.drain()
        self._finish()

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the run's first process."""
        if self.evidence.first > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.evidence.first, number)

    def _kill_members(self) -> None:
        self.killed = True
        for _ in range(100):
            left = self._living_members()
            if not left:
                return
            for pid in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            if len(self.world.watches) == 1 and self.world.single:
                return  # the world itself is about to end, and everybody with it

    def _finish(self) -> None:
        if self.over:
            return
        self.channels.drain()
        self.evidence.duration = time.monotonic() - self._begun
        self.over = True
        output = self.channels
        self.evidence.unread = output.unread
        if self.evidence.outcome is Outcome.KILLED and self.evidence.exit.signal == signal.SIGINT:
            self.suspicion.recall()
        self.evidence.stdout, self.evidence.stderr = bytes(output.stdout), bytes(output.stderr)
        self.evidence.chunks = output.chunks
        self.channels.close()
        self.world.finished(self)
        leftovers, account = self.world.account(self.serial)
        leftovers = self.world.fresh(leftovers)
        if not self.killed or self.evidence.orphans:
            self.evidence.leftovers = leftovers
        self._take_account(account)

    def _take_account(self, account: dict[str, Any] | None) -> None:
        """What init saw for certain stands above what the program told of itself."""
        if account is None:
            return
        self.evidence.forks = int(account["forks"])
        self.evidence.programs = [str(program) for program in account["programs"]]
        if self.evidence.outcome not in (Outcome.DEADLOCK, Outcome.TIMEOUT, Outcome.LIMIT):
            for inner, parent, command in account["zombies"]:
                self.evidence.zombies[int(inner)] = (int(parent), str(command))
        self.evidence.lost = [Lost(*row) for row in account["lost"]]
        self.evidence.doubled = [Doubled(*row) for row in account["doubled"]]
        self.evidence.copied = [Copied(*row) for row in account["copied"]]
        self.evidence.unsynced = [Unsynced(*row) for row in account["unsynced"]]
        self.evidence.durable = [str(path) for path in account["durable"]]
        self.evidence.images = {
            str(path): zlib.decompress(base64.b64decode(told))
            for path, told in account["images"].items()
        }
        self.evidence.complaints = [Complaint(*row) for row in account["complaints"]]
        self.evidence.crashes = [Crash(*row) for row in account["crashes"]]
        self.evidence.polled = [Polled(*row) for row in account["polled"]]
        self.evidence.refused = [Refused(*row) for row in account["memory"]]
        self.evidence.on_purpose = [int(pid) for pid in account["on_purpose"]]
        self.evidence.short = [Short(*row) for row in account["short"]]

    def on_world_end(self) -> None:
        """The world is gone (its init was killed from outside): the run has vanished."""
        if not self.over:
            self.channels.drain()
            self._finish()

    def close(self) -> None:
        """Let go of descriptors; for a run that is given up."""
        self.over = True
        self.channels.close()
