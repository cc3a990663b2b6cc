"""The seven descriptors of a run, from the judge's side: what goes in, what comes out.

stdin, stdout and stderr are pipes (or, labelled, stream sockets on which the kernel tells which
process wrote each piece); reports come as packets; the payload and the value travel in memory
files; the trace pipe takes faulthandler's lines.
"""

import contextlib
import os
import select
import selectors
import socket
from collections.abc import Callable

from autograder.observe import descriptors_of
from autograder.sandbox import messages
from autograder.sandbox.evidence import Frame

_CHUNK = 1 << 16
_MAX_RESULT = 64 << 20
_MAX_TRACE = 1 << 20
_STREAM_ROOM = socket.CMSG_SPACE(12)


class Channels:
    """Opens, serves and closes the descriptors of one run."""

    def __init__(
        self,
        selector: selectors.BaseSelector,
        stdin: bytes,
        most_output: int,
        labelled: bool,
    ) -> None:
        self.selector = selector
        self.labelled = labelled
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.chunks: list[tuple[int, bool, bytes]] = []
        self.trace = bytearray()
        self.answers: dict[int, tuple[bool, tuple[Frame, ...]]] = {}
        self.hidden: frozenset[str] = frozenset()
        self.flooded = False
        self._room = most_output
        self._stdin = memoryview(stdin)
        self.on_report: Callable[[messages.Message], None] = lambda message: None
        self._open: dict[int, str] = {}
        self._streams: dict[int, socket.socket] = {}
        self._report: socket.socket | None = None
        self._result = -1
        self._targets: dict[str, str] = {}

    def open(self, payload: bytes) -> tuple[int, ...]:
        """Make all channels; returns the student's seven descriptors, in protocol order."""
        streams = self._open_streams()
        report, report_theirs = messages.pair()
        report.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._report = report
        trace_ours, trace_theirs = os.pipe()
        payload_fd = _memory_file("payload", payload)
        self._result = _memory_file("result", b"")
        private = (report_theirs.fileno(), trace_theirs, payload_fd, self._result)
        self.hidden = frozenset(map(_target, private))
        self._watch(trace_ours, "trace", selectors.EVENT_READ)
        self._watch(report.fileno(), "report", selectors.EVENT_READ)
        result = os.dup(self._result)
        return (*streams, report_theirs.detach(), payload_fd, result, trace_theirs)

    def _open_streams(self) -> tuple[int, int, int]:
        """Standard input, output and error: the student's ends."""
        stdin_read, stdin_write = os.pipe()
        stdout_ours, stdout_theirs = self._stream("stdout")
        stderr_ours, stderr_theirs = self._stream("stderr")
        self._targets = {
            "stdin": f"pipe:[{os.fstat(stdin_write).st_ino}]",
            "stdout": _target(stdout_theirs),
            "stderr": _target(stderr_theirs),
        }
        self._watch(stdout_ours, "stdout", selectors.EVENT_READ)
        self._watch(stderr_ours, "stderr", selectors.EVENT_READ)
        self._watch(stdin_write, "stdin", selectors.EVENT_WRITE)
        self.serve(stdin_write)
        return stdin_read, stdout_theirs, stderr_theirs

    def _stream(self, name: str) -> tuple[int, int]:
        if not self.labelled:
            return os.pipe()
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._streams[ours.fileno()] = ours
        return ours.fileno(), theirs.detach()

    def _watch(self, fd: int, name: str, events: int) -> None:
        os.set_blocking(fd, False)
        self._open[fd] = name
        self.selector.register(fd, events, lambda: self.serve(fd))

    @property
    def outside(self) -> frozenset[str]:
        """Channels with an end in the judge's hands: whoever waits on one is not stuck."""
        names = {name for name in self._open.values() if name in self._targets}
        return frozenset(self._targets[name] for name in names)

    @property
    def unread(self) -> bool:
        """Whether the reader of the run's output has gone away: never, it is the judge."""
        return False

    @property
    def report_fd(self) -> int:
        """The judge's end of the report socket."""
        return self._report.fileno() if self._report is not None else -1

    def serve(self, fd: int) -> bool:
        """Move what one descriptor has or takes; False when there is nothing (more) to move."""
        name = self._open.get(fd)
        if name is None:
            return False
        try:
            if name == "stdin":
                return self._feed(fd)
            if name == "report":
                return self._take_report(fd)
            return self._take(fd, name)
        except BlockingIOError:
            return False

    def _feed(self, fd: int) -> bool:
        try:
            while self._stdin:
                self._stdin = self._stdin[os.write(fd, self._stdin) :]
        except BrokenPipeError:
            pass  # nobody reads it any more: not an error of the run
        self._drop(fd)
        return False

    def _take_report(self, fd: int) -> bool:
        if self._report is None:
            return False
        try:
            message = messages.receive(self._report, socket.MSG_DONTWAIT)
        except ConnectionResetError:
            message = None
        if message is None:
            self._drop(fd)
            return False
        self.on_report(message)
        return True

    def _take(self, fd: int, name: str) -> bool:
        sender = 0
        if fd in self._streams:
            data, ancillary, _, _ = self._streams[fd].recvmsg(_CHUNK, _STREAM_ROOM)
            if ancillary:
                sender = int.from_bytes(ancillary[0][2][:4], "little", signed=True)
        else:
            data = os.read(fd, _CHUNK)
        if not data:
            self._drop(fd)
            return False
        if name == "trace":
            self.trace += data[: max(0, _MAX_TRACE - len(self.trace))]
            return True
        kept = data[: max(0, self._room)]
        self._room -= len(data)
        self.flooded = self.flooded or self._room < 0
        (self.stdout if name == "stdout" else self.stderr).extend(kept)
        if self.labelled and kept:
            self.chunks.append((sender, name == "stderr", kept))
        return not self.flooded

    def drain(self) -> None:
        """Take everything that is there now, without waiting."""
        for fd, name in list(self._open.items()):
            if name != "stdin":
                while self.serve(fd):
                    pass

    def open_gate(self) -> None:
        """Let the student process, which stands at the gate, end."""
        if self._report is not None:
            with contextlib.suppress(OSError):
                self._report.send(b"\0")

    def result(self) -> bytes:
        """What the student process wrote as its value, at most 64 MiB."""
        size = min(os.fstat(self._result).st_size, _MAX_RESULT + 1)
        return os.pread(self._result, size, 0) if size <= _MAX_RESULT else b""

    def _drop(self, fd: int) -> None:
        name = self._open.pop(fd)
        self.selector.unregister(fd)
        if fd in self._streams:
            self._streams.pop(fd).close()
        elif name == "report" and self._report is not None:
            self._report.close()
            self._report = None
        else:
            os.close(fd)

    def close(self) -> None:
        """Close whatever is open."""
        for fd in list(self._open):
            self._drop(fd)
        if self._result >= 0:
            os.close(self._result)
            self._result = -1


class Inherited(Channels):
    """The channels of a program that keeps the judge's own standard descriptors."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        super().__init__(selector, b"", 0, labelled=False)

    def _open_streams(self) -> tuple[int, int, int]:
        return os.dup(0), os.dup(1), os.dup(2)

    @property
    def outside(self) -> frozenset[str]:
        """Whatever the judge holds: its other ends may be in anybody's hands."""
        own = descriptors_of(os.getpid())
        return frozenset(entry.channel for entry in own if entry.channel is not None)

    @property
    def unread(self) -> bool:
        """Whether nobody is left who could read standard output or error (poll(2), POLLERR)."""
        ends = select.poll()
        ends.register(1, 0)
        ends.register(2, 0)
        return any(events & select.POLLERR for _, events in ends.poll(0))


def _memory_file(name: str, content: bytes) -> int:
    """An anonymous file in memory (memfd_create(2)), positioned at its start."""
    fd = os.memfd_create(f"autograder-{name}")
    if content:
        with open(fd, "wb", closefd=False) as stream:
            stream.write(content)
        os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _target(fd: int) -> str:
    return os.readlink(f"/proc/self/fd/{fd}")
