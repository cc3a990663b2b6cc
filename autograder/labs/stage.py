"""A stage: one world, and the actors in it, as the picture's side holds them.

Single-threaded like the world itself: what has come is taken when somebody looks (`attend`). No
run on a stage is ever judged: a deadlock is there to be looked at.
"""

import os
import select
import signal
import socket
import time
from typing import Any

from autograder.checks.shipping import pickled
from autograder.errors import SandboxError
from autograder.labs import actor as program
from autograder.observe import Snapshot, take_snapshot
from autograder.observe.procfs import Vanished, read_stat, read_status
from autograder.sandbox import Limits, World, messages
from autograder.sandbox.watch import Watch

START_SECONDS = 20.0
# A call that has not returned by then, or is seen asleep twice, is shown as one that waits.
PATIENCE, _STEP = 0.2, 0.02
_FOREVER = float("inf")
_LIMITS = Limits(cpu=3600, memory=512 << 20)


class Actor:
    """One process on the stage: `pid` as seen from here, `inner` as it calls itself."""

    def __init__(self, stage: "Stage", name: str, end: socket.socket, hidden: str) -> None:
        self.stage, self.name = stage, name
        self.pid = self.inner = 0
        self.watch: Watch | None = None
        self.parent: Actor | None = None
        self.alive = True
        self.doing = ""
        self.answer: dict[str, Any] = {}
        self.control_socket = hidden
        self._end = end

    @property
    def busy(self) -> bool:
        """Whether it is still in the call that it was told last."""
        return bool(self.doing)

    def tell(self, op: str, *fds: int, **details: Any) -> None:
        """Have it make a call, and do not wait for the answer."""
        if self.busy or not self.alive:
            raise SandboxError(f"{self.name} cannot {op} now")
        self.doing, self.answer = op, {}
        try:
            messages.send(self._end, {"op": op, **details}, fds)
        except OSError:
            self._died()

    def ask(
        self, op: str, *fds: int, patience: float | None = None, **details: Any
    ) -> dict[str, Any]:
        """Have it make a call; its answer, or {} when it waits in it or has died of it.

        A call that never waits for others gets its own `patience`, in seconds.
        """
        self.tell(op, *fds, **details)
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        seen: tuple[str, int] | None = None
        while self.busy and self.alive and time.monotonic() < deadline:
            if select.select([self._end], [], [], _STEP)[0]:
                self.attend()
            elif patience is None:
                before, seen = seen, self._state()
                if seen[0] == "S" and seen == before:
                    break
        return self.answer

    def _state(self) -> tuple[str, int]:
        """Its scheduler state, and how often it was switched."""
        try:
            return read_stat(self.pid).state, read_status(self.pid).switches
        except Vanished:
            return "", 0

    def attend(self) -> None:
        """Take its answer, if there is one by now."""
        if not self.alive:
            return
        try:
            message = messages.receive(self._end, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            message = None
        if message is None:
            self._died()
        else:
            self.doing, self.answer = "", message.body

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal, and wait until it has ended."""
        os.kill(self.pid, number)
        if number == signal.SIGKILL:
            select.select([self._end], [], [], START_SECONDS)
            self._died()

    def ending(self) -> int | None:
        """The signal that ended it, of one that was started; None when it has not ended by one."""
        deadline = time.monotonic() + START_SECONDS
        while self.watch is not None and not self.watch.ended:
            if self.alive or time.monotonic() > deadline:
                return None
            self.stage.world.attend(0.05)
        return self.watch.evidence.exit.signal if self.watch is not None else None

    def close(self) -> None:
        """Hang up: it ends when it hears of it."""
        self._end.close()

    def _died(self) -> None:
        self.alive, self.doing = False, ""


class Stage:
    """A world with actors; it ends with `close`."""

    def __init__(self) -> None:
        self.world = World(reads_mappings=False)  # looking must not bring pages in
        self.actors: dict[str, Actor] = {}

    def start(self, name: str) -> Actor:
        """A new actor that is nobody's child."""
        ours, theirs = messages.pair()
        actor = Actor(self, name, ours, _socket(theirs))
        self._add(actor)
        payload = pickled((program.serve, (), {}, {}))
        actor.watch = self.world.start(payload, b"", _FOREVER, _LIMITS, extra=(theirs.detach(),))
        deadline = time.monotonic() + START_SECONDS
        while actor.watch.evidence.first <= 0:
            if time.monotonic() > deadline or actor.watch.over:
                raise SandboxError(f"{name} did not start")
            self.world.attend(0.05)
        actor.pid, actor.inner = actor.watch.evidence.first, actor.watch.evidence.first_inner
        return actor

    def fork(self, parent: Actor, name: str) -> Actor:
        """A new actor, forked by another."""
        ours, theirs = messages.pair()
        child = Actor(self, name, ours, _socket(theirs))
        child.parent, child.doing = parent, "start"
        with theirs:
            parent.ask("fork", theirs.fileno(), patience=START_SECONDS)
        if not select.select([ours], [], [], START_SECONDS)[0]:
            raise SandboxError(f"{name} did not start")
        child.attend()
        child.inner = int(child.answer["born"])
        child.pid = self.world.host_pid(child.inner) or 0
        self._add(child)
        return child

    def _add(self, actor: Actor) -> None:
        """Take an actor in; it may have the name of one that has ended."""
        if former := self.actors.get(actor.name):
            former.close()
        self.actors[actor.name] = actor

    def attend(self) -> list[Actor]:
        """Take what has come; returns the actors that went on or ended since the last time."""
        self.world.attend()
        before = [actor for actor in self.actors.values() if actor.alive]
        waiting = {actor.name for actor in before if actor.busy}
        for actor in before:
            actor.attend()
        return [
            actor
            for actor in before
            if not actor.alive or (actor.name in waiting and not actor.busy)
        ]

    def snapshot(self) -> Snapshot:
        """All processes now, without the descriptors by which they are directed."""
        hidden = {actor.control_socket for actor in self.actors.values()}
        for actor in self.actors.values():
            if actor.watch is not None:
                hidden |= actor.watch.hidden()
        return take_snapshot(self.world.init_pid, frozenset(hidden))

    def close(self) -> None:
        """End the world and everybody in it."""
        self.world.close()
        for actor in self.actors.values():
            actor.close()


def _socket(end: socket.socket) -> str:
    return f"socket:[{os.fstat(end.fileno()).st_ino}]"
