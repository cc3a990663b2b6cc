"""One run, watched from outside: its output, its reports, its end, and whether it is stuck.

The life of a run, as seen here:

    launched -> running -> (at the gate) -> first process ended -> grace for the others -> over
                  |
                  +-> stuck, out of time, or over a limit -> its processes are killed -> over

Nothing is decided from one look. A deadlock is believed when several looks in a row show the
same threads in the same calls with unchanged context-switch counts, when the wait-for graph has
nobody left who could go on, and when asking the processes for their stacks and timers has not
changed that (`Inquiry`).
"""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from autograder.errors import SandboxError, UsageError
from autograder.observe import (
    Analysis,
    Snapshot,
    Survey,
    WaitKind,
    analyse,
    survey,
    take_snapshot,
)
from autograder.observe.procfs import Vanished, descendants_of, read_stat, read_status
from autograder.observe.snapshot import Fingerprint
from autograder.sandbox import messages, plain
from autograder.sandbox.channels import Channels
from autograder.sandbox.evidence import (
    Event,
    Evidence,
    ExceptionRecord,
    Exit,
    Frame,
    Outcome,
    Picture,
)
from autograder.sandbox.inquiry import ask, ask_finally, measure
from autograder.sandbox.limits import Limits

if TYPE_CHECKING:
    from autograder.sandbox.world import World

STEADY_SECONDS = 0.08
ORPHAN_SECONDS = 0.5
_MAX_EVENTS = 20_000
_MAX_PICTURES = 50
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
        channels.on_report = self._on_report
        self._begun = time.monotonic()
        self._deadline = self._begun + timeout
        self._fingerprint: Fingerprint | None = None
        self._steady_since = 0.0
        self._examined: Fingerprint | None = None
        self._timed: set[int] = set()
        self._supervised = False
        self._seen_zombies: dict[int, tuple[int, str]] = {}
        self._ended_at: float | None = None
        self._completed = False
        self._killed = False
        self._early: list[messages.Message] = []

    # -- start ---------------------------------------------------------------------------------

    def launch(self, request: dict[str, Any], payload: bytes) -> None:
        """Send the run to init with its seven descriptors."""
        theirs = self.channels.open(payload)
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
        early, self._early = self._early, []
        for message in early:
            self._on_report(message)

    # -- reports from inside -------------------------------------------------------------------

    def _on_report(self, message: messages.Message) -> None:
        if not self.evidence.first:
            self._early.append(message)  # it overtook init's word that the process was started
            return
        if self._killed:
            messages.close_all(message.fds)
            return  # what processes say while they are being ended is no evidence
        handler = {
            "completed": self._on_completed,
            "child-completed": self._on_child_completed,
            "setup-failed": self._on_setup_failed,
            "not-executed": self._on_not_executed,
            "born": self._on_born,
            "event": self._on_event,
            "names": self._on_names,
            "snapshot": self._on_snapshot,
        }.get(message.op)
        if handler is None:
            messages.close_all(message.fds)
            return
        try:
            handler(message)
        except (KeyError, TypeError, ValueError, OverflowError):
            pass  # a forged or garbled report is no evidence
        finally:
            with contextlib.suppress(OSError):
                messages.close_all(message.fds)

    def _on_completed(self, message: messages.Message) -> None:
        if message.sender != self.evidence.first or self._completed:
            return
        self._completed = True
        body = message.body
        self.evidence.at_end = Picture(self.snapshot())
        for process in self.evidence.at_end.snapshot.children(self.evidence.first):
            if process.zombie:
                self.evidence.zombies[process.inner] = (
                    self.evidence.first_inner,
                    process.command,
                )
        outcome = body.get("outcome")
        if outcome == "returned":
            self._take_value()
        elif outcome == "raised":
            self.evidence.outcome = Outcome.RAISED
            self.evidence.exception = _exception(body["exception"], int(body["inner"]))
        elif outcome == "exited":
            self.evidence.outcome = Outcome.EXITED
        self.channels.open_gate()

    def _take_value(self) -> None:
        try:
            self.evidence.value = plain.decode(self.channels.result())
        except plain.NotPlain as error:
            record = ExceptionRecord(("TypeError", "Exception"), f"no value: {error}", None, ())
            self.evidence.outcome, self.evidence.exception = Outcome.RAISED, record
        else:
            self.evidence.outcome = Outcome.RETURNED

    def _on_child_completed(self, message: messages.Message) -> None:
        body = message.body
        if body.get("outcome") == "ran-on":
            self.evidence.ran_on.append(int(body["inner"]))
        elif body.get("outcome") == "child-raised":
            record = _exception(body["exception"], int(body["inner"]))
            self.evidence.child_exceptions.append(record)

    def _on_setup_failed(self, message: messages.Message) -> None:
        raise SandboxError(f"the run could not be set up:\n{message.body.get('text')}")

    def _on_not_executed(self, message: messages.Message) -> None:
        raise UsageError(str(message.body.get("text")))

    def _on_born(self, message: messages.Message) -> None:
        if len(self.evidence.born) < _MAX_EVENTS:
            body = message.body
            self.evidence.born[message.sender] = (int(body["inner"]), int(body["parent"]))

    def _on_event(self, message: messages.Message) -> None:
        if len(self.evidence.events) < _MAX_EVENTS:
            body = message.body
            file, line = body["where"]
            event = Event(
                str(body["kind"]), str(body["what"]), int(body["inner"]), str(file), int(line)
            )
            self.evidence.events.append(event)

    def _on_names(self, message: messages.Message) -> None:
        body = message.body
        self.channels.answers[message.sender] = (bool(body["timer"]), _stack(body["frames"]))

    def _on_snapshot(self, message: messages.Message) -> None:
        if len(self.evidence.pictures) < _MAX_PICTURES and message.fds:
            gate = f"pipe:[{os.fstat(message.fds[0]).st_ino}]"
            picture = take_snapshot(self.world.init_pid, self.hidden() | {gate})
            others = [process.pid for process in picture.living() if process.pid != message.sender]
            stacks = ask(self, _restartable(analyse(picture), others))
            stacks[message.sender] = _stack(message.body["frames"])
            label = str(message.body["label"])
            self.evidence.pictures.append(Picture(picture, label, stacks, message.sender))

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
        seen = survey(self.world.init_pid)
        self._note(seen)
        if self.channels.flooded:
            self._stop_for("output-flood")
        elif len(seen.pids) > self.limits.processes:
            self._stop_for("fork-bomb")
        elif now >= self._deadline:
            self._time_out()
        elif not self._completed:
            self._consider(seen, now)

    def _note(self, seen: Survey) -> None:
        self.evidence.most_processes = max(self.evidence.most_processes, len(seen.pids))
        if len(self.world.watches) > 1 and self.evidence.first > 0:
            with contextlib.suppress(Vanished):
                self.members.update(descendants_of(self.evidence.first))
        self._note_processes(seen.pids)
        if seen.zombies:
            for process in self.snapshot().processes.values():
                if process.zombie and process.parent != self.world.init_pid:
                    parent = self._inner(process.parent)
                    self._seen_zombies[process.inner] = (parent, process.command)

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

    def _consider(self, seen: Survey, now: float) -> None:
        """Believe in a deadlock only after the same look for `STEADY_SECONDS`."""
        if seen.fingerprint is None or seen.fingerprint != self._fingerprint:
            self._fingerprint, self._steady_since = seen.fingerprint, now
            return
        if now - self._steady_since < STEADY_SECONDS or seen.fingerprint == self._examined:
            return
        self._examined = seen.fingerprint
        self._examine()

    def _examine(self) -> None:
        self._note_timers()
        if self._ended_at is not None:
            return
        picture = self.snapshot()
        analysis = self.analyse(picture, frozenset())
        if not analysis.total or survey(self.world.init_pid).fingerprint != self._fingerprint:
            return
        stacks: dict[int, tuple[Frame, ...]] = {}
        if not self._supervised:
            # Nobody has seen who armed a timer: ask, without waking anybody who writes.
            stacks = ask(self, _restartable(analysis, sorted(analysis.stuck)))
            self._timed |= {pid for pid, (timer, _) in self.channels.answers.items() if timer}
            picture, first = self.snapshot(), analysis
            analysis = self.analyse(picture, frozenset(self.channels.answers))
            if not analysis.total or analysis.edges != first.edges:
                self._fingerprint = self._examined = None  # asking has woken somebody
                return
        order = _most_telling_first(analysis)
        stacks |= ask_finally(self, [pid for pid in order if pid not in stacks])
        self.evidence.stuck = Picture(picture, "stuck", stacks)
        self.evidence.analysis = analysis
        self._conclude(Outcome.DEADLOCK)

    def _note_timers(self) -> None:
        """Ask init whom a timer may still wake; without its word, whoever catches SIGALRM may."""
        _, account = self.world.account(self.serial)
        self._supervised = account is not None
        if account is not None:
            hosts = {process.inner: process.pid for process in self.snapshot().living()}
            self._timed = {hosts[inner] for inner in account["timed"] if inner in hosts}

    def analyse(self, picture: Snapshot, untimed: frozenset[int]) -> Analysis:
        """The wait-for graph of a snapshot; `untimed` were asked and have no timer armed."""
        others = self.world.watches.values()
        outside = frozenset().union(*(watch.channels.outside for watch in others))
        if self._supervised:
            untimed = frozenset(picture.processes)
        return analyse(picture, outside, frozenset(self._timed), untimed - self._timed)

    def _time_out(self) -> None:
        self.evidence.spin = measure(self)
        self._record_stuck("at the time-out")
        if self._ended_at is not None:
            return  # it ended in the last moment, while we looked
        self._conclude(Outcome.TIMEOUT)

    def _record_stuck(self, label: str) -> None:
        """Keep the picture of what everybody was doing, and who of them is stuck."""
        self._note_timers()
        picture = self.snapshot()
        self.evidence.analysis = self.analyse(picture, frozenset())
        order = _most_telling_first(self.evidence.analysis)
        stacks = ask_finally(self, order)
        if not self._supervised:
            self._timed |= {pid for pid, (timer, _) in self.channels.answers.items() if timer}
            self.evidence.analysis = self.analyse(picture, frozenset())
        self.evidence.stuck = Picture(picture, label, stacks)

    def _stop_for(self, limit: str) -> None:
        self.evidence.limit = limit
        self._conclude(Outcome.LIMIT)

    # -- the end -------------------------------------------------------------------------------

    def on_ended(self, inner: int, status: int, cpu: float) -> None:
        """Init reaped `inner`: the first process of this run, or an orphan that came to init."""
        self.evidence.ended[inner] = status
        if inner != self.evidence.first_inner:
            if inner in self._seen_zombies and not self._killed:
                self.evidence.zombies.setdefault(inner, self._seen_zombies[inner])
            return
        self.channels.drain()
        self.evidence.cpu = cpu
        if not self._killed:
            code = os.waitstatus_to_exitcode(status)
            self.evidence.exit = Exit(code, None) if code >= 0 else Exit(None, -code)
            if not self._completed:
                self.evidence.outcome = Outcome.EXITED if code >= 0 else Outcome.KILLED
                self._check_limit_signals(-code)
        self._ended_at = time.monotonic()
        if self._killed or self._alone():
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
            self._record_stuck("after the first process had ended")
            if self.evidence.stuck is not None:
                self.evidence.orphans = [
                    process.pid
                    for process in self.evidence.stuck.snapshot.living()
                    if process.pid in left
                ]
            self._kill_members()
            self._finish()

    def _conclude(self, outcome: Outcome) -> None:
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
        self._killed = True
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
        self.evidence.stdout, self.evidence.stderr = bytes(output.stdout), bytes(output.stderr)
        self.evidence.chunks = output.chunks
        self.channels.close()
        self.world.finished(self)
        leftovers, account = self.world.account(self.serial)
        leftovers = self.world.fresh(leftovers)
        if not self._killed or self.evidence.orphans:
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

    def on_world_end(self) -> None:
        """The world is gone (its init was killed from outside): the run has vanished."""
        if not self.over:
            self.channels.drain()
            self._finish()

    def close(self) -> None:
        """Let go of descriptors; for a run that is given up."""
        self.over = True
        self.channels.close()


def _most_telling_first(analysis: Analysis) -> list[int]:
    """All processes: first the members of closed groups, and within each those that do not write.

    A signal cuts a write short, which would move the others on before they were asked.
    """
    causes = frozenset().union(*analysis.causes)
    calm = set(_restartable(analysis, sorted(analysis.stuck)))
    everybody = analysis.stuck | analysis.live
    return sorted(everybody, key=lambda pid: (pid not in causes, pid not in calm, pid))


def _restartable(analysis: Analysis, pids: list[int]) -> list[int]:
    """Those of `pids` that wait in calls which a signal does not cut short: not in a write."""
    writing = {edge.pid for edge in analysis.edges if edge.wait.kind is WaitKind.WRITE}
    return [pid for pid in pids if pid in analysis.stuck and pid not in writing]


def _stack(frames: list[dict[str, Any]]) -> tuple[Frame, ...]:
    return tuple(
        Frame(
            str(frame["file"]),
            int(frame["line"]),
            str(frame["function"]),
            tuple((str(name), int(number)) for name, number in frame["names"]),
        )
        for frame in frames
    )


def _exception(body: dict[str, Any], inner: int) -> ExceptionRecord:
    frames = tuple(Frame(str(file), int(line), str(name)) for file, line, name in body["frames"])
    errno = body.get("errno")
    return ExceptionRecord(
        tuple(map(str, body["types"])),
        str(body["message"]),
        int(errno) if errno is not None else None,
        frames,
        inner,
    )
