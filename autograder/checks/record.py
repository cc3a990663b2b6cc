"""`Run`: the frozen record of one run, with the checks that read like prose.

Every check returns the same `Run`, so that checks chain, or raises `CheckFailed`. Values are
compared with their exact types: True is not 1, and a list is not a tuple.
"""

import signal
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePath
from typing import Any

from autograder.checks import words
from autograder.checks.failure import CheckFailed
from autograder.checks.finding import Finding
from autograder.checks.losses import lost_update, never_synced
from autograder.checks.seeds import seeds_used
from autograder.checks.streams import partial_io, torn_record, whole_records
from autograder.errors import AutograderError, UsageError
from autograder.observe.ledger import Leftover
from autograder.sandbox import Evidence, ExceptionRecord, Exit, Outcome, Picture
from autograder.sandbox.evidence import Event

_AVOIDABLE = {
    "subprocess": ("subprocess",),
    "os.popen": ("subprocess",),
    "os.system": ("os.system",),
    "os.posix_spawn": ("spawn",),
    "os.fork": ("fork",),
    "pty": ("pty",),
}
_EXECUTIONS = ("exec", "spawn", "subprocess")
_CHILD_MAKERS = ("fork", "spawn", "subprocess", "os.system")


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """One process of a run: pids as getpid shows them inside, command, state (proc(5))."""

    pid: int
    parent: int
    command: str
    state: str


@dataclass(frozen=True)
class Run:
    """How one call of the student's function went. `duration` in seconds; output as bytes."""

    call: str
    outcome: Outcome
    value: Any
    exception: ExceptionRecord | None
    stdout: bytes
    stderr: bytes
    exit: Exit
    processes: tuple[ProcessReport, ...]
    leaks: tuple[Leftover, ...]
    findings: tuple[Finding, ...]
    events: tuple[Event, ...]
    snapshots: tuple[Picture, ...]
    duration: float
    evidence: Evidence = field(repr=False)

    def __repr__(self) -> str:
        lines = [f"{self.call}: {self.summary()}"]
        lines += [f"  [{finding.id}] {finding.explanation}" for finding in self.findings]
        return "\n".join(lines)

    def summary(self) -> str:
        """The outcome in a few words."""
        took = f"{self.duration * 1000:.0f} ms"
        if self.outcome is Outcome.RETURNED:
            return f"returned {words.shorten(self.value)} ({took})"
        if self.outcome is Outcome.RAISED:
            return f"raised {self.exception} ({took})"
        if self.outcome is Outcome.EXITED:
            return f"ended with exit code {self.exit.code} ({took})"
        if self.evidence.interrupted:
            return f"was interrupted ({took})"
        if self.outcome is Outcome.KILLED:
            return f"was ended by {signal_name(self.exit.signal)} ({took})"
        if self.outcome is Outcome.LIMIT:
            return f"was stopped at a limit: {self.evidence.limit} ({took})"
        return {
            Outcome.DEADLOCK: f"hung in a deadlock, which was certain after {took}",
            Outcome.TIMEOUT: f"had not ended after {self.evidence.timeout:g} s (time-out)",
        }.get(self.outcome, "vanished with all its processes")

    def as_plain(self) -> dict[str, Any]:
        """The record as the JSON contract of `autograder why` has it."""
        return {
            "schema": 1,
            "outcome": str(self.outcome),
            "exit": {"code": self.exit.code, "signal": self.exit.signal},
            "seconds": round(self.duration, 3),
            "findings": [finding.as_plain() for finding in self.findings],
            "processes": [asdict(process) for process in self.processes],
            "leaks": [item.as_plain() for item in self.leaks],
        }

    # -- checks --------------------------------------------------------------------------------

    def returns(self, expected: Any) -> "Run":
        """The function returned exactly `expected`, of exactly that type."""
        wish = f"returns {words.shorten(expected)}"
        self._require(self.outcome is Outcome.RETURNED, wish)
        if not same(self.value, expected):
            self._fail(
                wish, f"returned {words.shorten(self.value)}{_difference(self.value, expected)}"
            )
        return self

    def prints(self, expected: str | bytes) -> "Run":
        """Standard output is exactly `expected`, and the function ended by itself."""
        wanted = expected.encode() if isinstance(expected, str) else expected
        wish = f"prints {words.shorten(expected)}"
        self._require(self.outcome in (Outcome.RETURNED, Outcome.EXITED), wish)
        if self.stdout != wanted:
            shown = self.stdout if isinstance(expected, bytes) else _text(self.stdout)
            self._fail(wish, f"printed {words.shorten(shown)}")
        return self

    def raises(self, kind: type[BaseException] | str, match: str | None = None) -> "Run":
        """The function raised `kind` (or a subclass), with `match` somewhere in its message."""
        name = kind if isinstance(kind, str) else kind.__name__
        wish = f"raises {name}" + (f" with {match!r} in its message" if match else "")
        self._require(self.outcome is Outcome.RAISED, wish)
        right = self.exception is not None and name in self.exception.types
        if not right or (match is not None and match not in str(self.exception)):
            self._fail(wish, self._unexpected())
        return self

    def exits(self, code: int = 0) -> "Run":
        """The process ended by itself with exit code `code`, without returning."""
        wish = f"ends with exit code {code}"
        self._require(self.outcome is Outcome.EXITED and self.exit.code == code, wish)
        return self

    def killed_by(self, number: int) -> "Run":
        """The process was ended by signal `number`."""
        wish = f"is ended by {signal_name(number)}"
        self._require(self.outcome is Outcome.KILLED and self.exit.signal == number, wish)
        return self

    def forks(self, exactly: int | None = None, at_least: int | None = None) -> "Run":
        """The function made `exactly`, or `at_least`, so many child processes."""
        if exactly is None and at_least is None:
            at_least = 1
        seen = self.evidence.forks
        told = sum(event.kind in _CHILD_MAKERS for event in self.events)
        count = told if seen is None else seen
        if exactly is not None and count != exactly:
            self._fail(f"makes exactly {exactly} child processes", f"{count} were made")
        if at_least is not None and count < at_least:
            self._fail(f"makes at least {at_least} child processes", f"{count} were made")
        return self

    def executes(self, *programs: str) -> "Run":
        """Each of `programs` (by base name) was executed."""
        told = [event.what for event in self.events if event.kind in _EXECUTIONS]
        paths = told if self.evidence.programs is None else self.evidence.programs
        seen = {PurePath(path).name for path in paths}
        missing = [name for name in programs if name not in seen]
        if missing:
            actual = f"executed: {', '.join(sorted(seen)) or 'nothing'}"
            self._fail(f"executes {words.sentence_list(list(programs))}", actual)
        return self

    def avoids(self, *calls: str) -> "Run":
        """None of `calls` was used (subprocess, os.popen, os.system, os.posix_spawn, pty, …)."""
        for call in calls:
            if call not in _AVOIDABLE:
                raise UsageError(f"avoids: unknown call {call!r}; known: {', '.join(_AVOIDABLE)}")
            for event in self.events:
                if event.kind in _AVOIDABLE[call]:
                    frame = words.place(event.file, event.line)
                    self._fail(f"does its work without {call}", f"{call} was used ({frame})")
        return self

    def reaps_children(self) -> "Run":
        """Every child was waited for before the function returned."""
        wish = "waits for every child"
        self._require(self._ended_by_itself(), wish)
        running = self._running_children()
        if self.evidence.zombies:
            count = len(self.evidence.zombies)
            self._fail(wish, f"{count} ended but never waited for")
        if running or self.evidence.orphans:
            self._fail(wish, "a child was still running when the function returned")
        return self

    def closes_descriptors(self) -> "Run":
        """No descriptor above 2 is open in the process when the function returns."""
        wish = "closes every descriptor that it opened"
        self._require(self._ended_by_itself(), wish)
        left = []
        if self.evidence.at_end is not None:
            process = self.evidence.at_end.snapshot.processes.get(self.evidence.first)
            left = [entry for entry in process.descriptors if entry.fd > 2] if process else []
        if left:
            shown = [f"{entry.fd} ({entry.kind.value}, {entry.access})" for entry in left]
            self._fail(wish, f"still open: {words.sentence_list(shown)}")
        return self

    def leaves_nothing(self) -> "Run":
        """No process, System V or POSIX object, FIFO or socket is left."""
        wish = "leaves nothing behind"
        self.reaps_children()
        if self.leaks:
            self._fail(wish, f"left: {words.sentence_list([item.name for item in self.leaks])}")
        return self

    def maps(self, *paths: str) -> "Run":
        """Each of `paths` (base names) was mapped with MAP_SHARED, for writing.

        Raises `AutograderError` where the kernel does not let the calls be watched.
        """
        if self.evidence.durable is None:
            raise AutograderError("maps: this machine does not let system calls be watched")
        mapped = {PurePath(path).name for path in self.evidence.durable}
        for name in (PurePath(path).name for path in paths):
            wish = f"maps {name} with MAP_SHARED, for writing"
            self._require(self._ended_by_itself(), wish)
            if name not in mapped:
                self._fail(wish, "it was never mapped so")
        return self

    def syncs(self, *paths: str) -> "Run":
        """Every change made through shared mappings of `paths` (base names; without: of any file)
        was written back, by msync, fsync or sync, before the function ended.

        A file that is named must have been mapped. Raises `AutograderError` where the kernel does
        not let the calls be watched.
        """
        self.maps(*paths)
        wanted = {PurePath(path).name for path in paths}
        for each in self.evidence.unsynced:
            if not wanted or PurePath(each.path).name in wanted:
                name = PurePath(each.path).name
                told = self._with(never_synced(each))
                told._fail(f"writes its changes of {name} back (msync)", "the last ones were not")
        return self

    def counts(self, found: Any, made: int, what: str = "the shared counter") -> "Run":
        """`found`, read from shared memory at the end, counts every one of `made` updates."""
        if type(found) is int and found < made:
            told = self._with(lost_update(found, made))
            told._fail(f"{what} counts {made:,} updates", f"it counts {found:,}")
        return self.expect(found, made, f"{what} counts every update")

    def completes(self, value: Any, expected: Any, undisturbed: Any, what: str) -> "Run":
        """`value` is `expected`, though in this run calls moved only a part of what they were asked
        for. `undisturbed` is what the same work gave when each call moved everything.
        """
        told = self
        if not same(value, expected) and same(undisturbed, expected) and self._ended_by_itself():
            told = self._with(partial_io(value, expected))
        return told.expect(value, expected, what)

    def keeps_whole(self, stream: Any, records: Sequence[bytes], what: str) -> "Run":
        """`stream`, what several writers wrote into one channel, has each of `records` once and in
        one piece, in any order.
        """
        wish = f"{what}: each once and in one piece"
        if type(stream) is not bytes:
            self._fail(wish, words.shorten(stream))
        whole = whole_records(stream, records)
        if not whole == len(stream) == sum(map(len, records)):
            if torn := torn_record(stream, records, whole):
                self._with(torn)._fail(wish, "bytes of one lie within another")
            self._fail(wish, words.shorten(stream))
        return self

    def has_no_findings(self) -> "Run":
        """Nothing that the catalogue knows went wrong."""
        if self.findings:
            titles = [finding.title.lower() for finding in self.findings]
            self._fail("has no findings", words.sentence_list(titles))
        return self

    def expect(self, actual: Any, expected: Any, what: str) -> "Run":
        """`actual`, computed from this run, equals `expected`; `what` says what it is."""
        if not same(actual, expected):
            detail = f"{words.shorten(actual)}{_difference(actual, expected)}"
            if self.outcome not in (Outcome.RETURNED, Outcome.EXITED):
                detail = self._unexpected()
            self._fail(f"{what}: {words.shorten(expected)}", detail)
        return self

    # -- failing -------------------------------------------------------------------------------

    def _with(self, finding: Finding) -> "Run":
        """This run, with a finding that only the check could make, before the others."""
        return replace(self, findings=(finding, *self.findings))

    def _ended_by_itself(self) -> bool:
        return self.outcome in (Outcome.RETURNED, Outcome.RAISED, Outcome.EXITED)

    def _running_children(self) -> bool:
        if self.evidence.at_end is None:
            return False
        children = self.evidence.at_end.snapshot.children(self.evidence.first)
        return any(not child.zombie for child in children)

    def _require(self, holds: bool, expected: str) -> None:
        if not holds:
            self._fail(expected, self._unexpected())

    def _unexpected(self) -> str:
        if self.exception is not None and "NotImplementedError" in self.exception.types:
            return f"not written yet ({self.exception.message or 'the function is a stub'})"
        if self.exception is not None and self.outcome is Outcome.RAISED:
            frame = words.own_frame(tuple(reversed(self.exception.frames)))
            where = f" at {words.quoted_place(frame)}" if frame else ""
            return f"raised {self.exception}{where}"
        if self.outcome is Outcome.EXITED:
            return f"ended with exit code {self.exit.code} instead of returning"
        return self.summary()

    def _fail(self, expected: str, actual: str) -> None:
        raise CheckFailed(self.call, expected, actual, self, seeds_used())


def same(actual: Any, expected: Any) -> bool:
    """Equal in value and in exact type, all the way down."""
    if type(actual) is not type(expected):
        return False
    if type(actual) in (list, tuple):
        pairs = zip(actual, expected, strict=False)
        return len(actual) == len(expected) and all(same(a, b) for a, b in pairs)
    if type(actual) is dict:
        kinds = {key: type(key) for key in actual}
        return actual.keys() == expected.keys() and all(
            kinds[key] is type(key) and same(actual[key], value) for key, value in expected.items()
        )
    if type(actual) in (set, frozenset):
        return actual == expected and {type(item) for item in actual} == set(map(type, expected))
    return bool(actual == expected)


def _difference(actual: Any, expected: Any) -> str:
    """A hint when the values look alike, or where two long sequences part."""
    if type(actual) is not type(expected):
        return f" (a {type(actual).__name__}, not a {type(expected).__name__})"
    if isinstance(actual, (bytes, str, list, tuple)) and len(repr(expected)) > 100:
        pairs = zip(actual, expected, strict=False)
        first = next(
            (i for i, (a, b) in enumerate(pairs) if a != b), min(len(actual), len(expected))
        )
        return f" (they part at position {first:,}; lengths {len(actual):,} and {len(expected):,})"
    return ""


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def signal_name(number: int | None) -> str:
    """'SIGKILL' for 9."""
    try:
        return signal.Signals(number or 0).name
    except ValueError:
        return f"signal {number}"
