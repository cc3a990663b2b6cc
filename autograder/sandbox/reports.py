"""What the processes of a run say of themselves, taken down as evidence.

Only the first process's own completion record counts, and the kernel tells who sent it. A child
that comes back from the student's function says so under its own pid.
"""

import contextlib
import os
import time
from typing import TYPE_CHECKING, Any

from autograder.errors import SandboxError, UsageError
from autograder.observe import analyse, take_snapshot
from autograder.observe.mappings import Mapping, mappings_of
from autograder.observe.procfs import Vanished
from autograder.sandbox import messages, plain
from autograder.sandbox.evidence import Event, ExceptionRecord, Frame, Outcome, Picture
from autograder.sandbox.inquiry import ask
from autograder.sandbox.suspicion import restartable

if TYPE_CHECKING:
    from autograder.sandbox.watch import Watch

_LAST_CHILD_SECONDS = 0.1
_MAX_EVENTS = 20_000
_MAX_PICTURES = 50


class Reports:
    """The packets of one run. `completed`: the first process stands, or stood, at the gate."""

    def __init__(self, watch: "Watch") -> None:
        self.watch = watch
        self.evidence = watch.evidence
        self.completed = False
        self._gate_is_open = False
        self._gate_opens = 0.0
        self._early: list[messages.Message] = []

    def take_early(self) -> None:
        """Take what came before the first process was known."""
        early, self._early = self._early, []
        for message in early:
            self.take(message)

    def take(self, message: messages.Message) -> None:
        """One packet from a process of the run; a forged or garbled one is no evidence."""
        if not self.evidence.first:
            self._early.append(message)  # it overtook init's word that the process was started
            return
        if self.watch.killed:
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
            pass
        finally:
            with contextlib.suppress(OSError):
                messages.close_all(message.fds)

    def _on_completed(self, message: messages.Message) -> None:
        if message.sender != self.evidence.first or self.completed:
            return
        self.completed = True
        body = message.body
        outcome = body.get("outcome")
        if outcome == "returned":
            self._take_value()
        elif outcome == "raised":
            self.evidence.outcome = Outcome.RAISED
            self.evidence.exception = _exception(body["exception"], int(body["inner"]))
        elif outcome == "exited":
            self.evidence.outcome = Outcome.EXITED
        self._gate_opens = min(time.monotonic() + _LAST_CHILD_SECONDS, self.watch.deadline)
        self.consider_gate()

    def consider_gate(self) -> None:
        """Let the first process end, once its children have, or some time after its completion.

        A child that is about to end has not been waited for either: seen a moment too early, it
        would count as running.
        """
        if not self.completed or self._gate_is_open:
            return
        self.evidence.at_end = Picture(self.watch.snapshot())
        children = self.evidence.at_end.snapshot.children(self.evidence.first)
        if any(not each.zombie for each in children) and time.monotonic() < self._gate_opens:
            return
        for process in children:
            if process.zombie:
                self.evidence.zombies[process.inner] = (
                    self.evidence.first_inner,
                    process.command,
                )
        self._gate_is_open = True
        self.watch.channels.open_gate()

    def _take_value(self) -> None:
        try:
            self.evidence.value = plain.decode(self.watch.channels.result())
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
        self.watch.channels.answers[message.sender] = (bool(body["timer"]), _stack(body["frames"]))

    def _on_snapshot(self, message: messages.Message) -> None:
        if len(self.evidence.pictures) < _MAX_PICTURES and message.fds:
            gate = f"pipe:[{os.fstat(message.fds[0]).st_ino}]"
            picture = take_snapshot(self.watch.world.init_pid, self.watch.hidden() | {gate})
            others = [process.pid for process in picture.living() if process.pid != message.sender]
            stacks = ask(self.watch, restartable(analyse(picture), others))
            stacks[message.sender] = _stack(message.body["frames"])
            label = str(message.body["label"])
            mapped = _mapped_files(message.sender)
            self.evidence.pictures.append(
                Picture(picture, label, stacks, message.sender, mapped=mapped)
            )


def _mapped_files(pid: int) -> tuple[Mapping, ...]:
    """The mappings of `pid` that have a file behind them; none when it is gone."""
    try:
        return tuple(mapping for mapping in mappings_of(pid) if mapping.inode)
    except Vanished:
        return ()


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
