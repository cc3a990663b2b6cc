"""What processes wait on: pipes, FIFOs, socket pairs, semaphores, locks and message queues."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from autograder.draw.lettering import shorten
from autograder.observe import Edge, Process, Wait, WaitKind
from autograder.observe.descriptors import Kind
from autograder.sandbox import Picture

MOST_THINGS = 10
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FILE_NAME = 16
_NOTHING = "no message for it"  # there may be messages of other types


@dataclass(frozen=True, slots=True)
class Thing:
    """One object of the kernel's: `kind` is pipe, fifo, socket, semaphore, lock or queue.

    `note` is what is known of its content, `share` how full it is (0 to 1, None: not known);
    `closed`: a FIFO that nobody has open.
    """

    kind: str
    name: str
    note: str = ""
    share: float | None = None
    closed: bool = False


class Things:
    """The things of one scene, found by channel, or by what a wait is for."""

    def __init__(self, picture: Picture, shown: list[Process], edges: Iterable[Edge]) -> None:
        self._picture = picture
        self._things: list[Thing] = []
        self._places: dict[str, int] = {}
        self._pairs = _socket_pairs(edges)
        awaited = {
            edge.descriptor.channel
            for edge in edges
            if edge.descriptor is not None and edge.pid in {process.pid for process in shown}
        }
        every = self._channels(shown)
        urgent = {channel for channel in every if channel in awaited}
        order = sorted(every, key=lambda channel: channel not in urgent)[:MOST_THINGS]
        for channel in every:
            if channel in order:
                self._add_channel(channel, every[channel])
        self._left_out = every.keys() - set(order)

    def found(self) -> tuple[Thing, ...]:
        """All things, by place."""
        return tuple(self._things)

    def at(self, place: int) -> Thing:
        """The thing at a place."""
        return self._things[place]

    def place(self, channel: str | None) -> int | None:
        """Where the thing with this channel is; None: not in the scene."""
        return self._places.get(self._one(channel)) if channel else None

    def left_out(self, channel: str | None) -> bool:
        """Whether this channel belongs to the scene and did not fit."""
        return channel is not None and self._one(channel) in self._left_out

    def side(self, channel: str) -> int:
        """Which end of a socket pair a socket is: 1 or 2; 0 for anything else."""
        if channel not in self._pairs:
            return 0
        return 1 if self._one(channel) == channel else 2

    def note(self, channel: str, text: str, share: float | None) -> None:
        """Say what is in a pipe or FIFO; what is said last counts. No word for sockets."""
        place = self.place(channel)
        if place is not None and self._things[place].kind != "socket":
            self._things[place] = replace(self._things[place], note=text, share=share)

    def awaited(self, process: Process, wait: Wait) -> int | None:
        """The thing, beyond open channels, that a wait is for; made when it is new."""
        if wait.kind is WaitKind.OPEN:
            return self._opened(process, wait)
        if wait.kind is WaitKind.LOCK:
            entry = process.descriptor(wait.interests[0].fd) if wait.interests else None
            target = entry.target if entry else f"descriptor of {process.pid}"
            return self._make(f"lock {target}", Thing("lock", f"lock on {_file(target)}"))
        if wait.kind is WaitKind.SEMAPHORE:
            return self._semaphore(process, wait)
        if wait.kind is WaitKind.MESSAGE:
            return self._queue(process, wait)
        return None

    # -- making things -------------------------------------------------------------------------

    def _one(self, channel: str) -> str:
        """Both ends of a socket pair by one name."""
        return min(channel, self._pairs.get(channel, channel))

    def _make(self, key: str, thing: Thing) -> int:
        if key not in self._places:
            self._places[key] = len(self._things)
            self._things.append(thing)
        return self._places[key]

    def _channels(self, shown: list[Process]) -> dict[str, tuple[Kind, str]]:
        """Kind and target of each channel of the scene, in the order of descriptors."""
        uses: dict[str, list[tuple[int, str]]] = {}
        found: dict[str, tuple[Kind, str]] = {}
        for process in shown:
            for entry in process.descriptors:
                if entry.channel is not None:
                    channel = self._one(entry.channel)
                    uses.setdefault(channel, []).append((entry.fd, entry.access))
                    found.setdefault(channel, (entry.kind, entry.target))
        return {channel: found[channel] for channel in found if _inside(uses[channel])}

    def _add_channel(self, channel: str, seen: tuple[Kind, str]) -> int:
        kind, target = seen
        letter = self._letter()
        if kind is Kind.FIFO:
            return self._make(channel, Thing("fifo", f"FIFO {letter} ({_file(target)})"))
        if kind is Kind.SOCKET:
            pair = " pair" if channel in self._pairs else ""
            return self._make(channel, Thing("socket", f"socket{pair} {letter}"))
        return self._make(channel, Thing("pipe", f"pipe {letter}"))

    def _letter(self) -> str:
        count = sum(thing.kind in ("pipe", "fifo", "socket") for thing in self._things)
        return _LETTERS[count % 26] + "'" * (count // 26)

    def _opened(self, process: Process, wait: Wait) -> int:
        key = wait.channel or f"open {process.pid} {wait.path}"
        name = f"FIFO {self._letter()} ({_file(wait.path)})"
        return self._make(key, Thing("fifo", name, "not open yet", None, True))

    def _semaphore(self, process: Process, wait: Wait) -> int:
        _, _, number = wait.key.partition(":")
        if not number:
            # The kernel shows an address, which is another one in each process: which semaphore
            # it is, and whether two processes wait for the same one, cannot be told.
            name = "a semaphore or lock in shared memory"
            return self._make(f"futex {process.pid}", Thing("semaphore", name))
        which = f"semaphore {wait.numbers[0]} of set {number}" if len(wait.numbers) == 1 else ""
        name = which or f"semaphore set {number}"
        return self._make(f"{wait.key} {wait.numbers}", Thing("semaphore", name))

    def _queue(self, process: Process, wait: Wait) -> int:
        kind, _, number = wait.key.partition(":")
        if kind == "msg":
            return self._make(wait.key, Thing("queue", f"message queue {number}", _NOTHING))
        entry = process.descriptor(int(number)) if number.isdigit() else None
        key = f"queue {entry.target if entry else process.pid}"
        name = f"message queue /{_file(entry.target)}" if entry else "a message queue"
        return self._make(key, Thing("queue", name, _NOTHING))


def _socket_pairs(edges: Iterable[Edge]) -> dict[str, str]:
    """The peer of each socket that somebody waits on, both ways."""
    pairs: dict[str, str] = {}
    for edge in edges:
        entry = edge.descriptor
        if entry is not None and entry.kind is Kind.SOCKET and entry.channel and edge.opposite:
            pairs[entry.channel], pairs[edge.opposite] = edge.opposite, entry.channel
    return pairs


def _inside(uses: list[tuple[int, str]]) -> bool:
    """Whether some process has the channel beyond its standard three, or as both ends."""
    return any(fd > 2 for fd, _ in uses) or len({access for _, access in uses}) > 1


def _file(path: str) -> str:
    return shorten(path.rstrip("/").rpartition("/")[2], _FILE_NAME)
