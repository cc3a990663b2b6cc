"""A world as the judge holds it: its init, its folder, and the runs that go on in it.

Everything is single-threaded: `pump` waits for output, reports and the next look at /proc, for
all runs of the world at once. A world ends when it is closed: PID 1 is killed and waited for.
"""

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.errors import SandboxError
from autograder.observe.ledger import Leftover
from autograder.observe.procfs import Vanished, children_of, descendants_of, read_status
from autograder.sandbox import isolation, judge, messages
from autograder.sandbox.channels import Channels, Inherited
from autograder.sandbox.cleaning import remove
from autograder.sandbox.limits import Limits
from autograder.sandbox.watch import Watch

READY_SECONDS = 30.0
TICK = 0.02


_closed = False


def close_worlds() -> None:
    """Let all further private worlds of this process be closed: see `jail`."""
    global _closed
    _closed = True


class World:
    """One fresh set of namespaces (or one session, at level `process`) with a folder on disk.

    `folder` outlives the world when it was given; otherwise it is made, and removed at the end. A
    `single` world serves one run and is closed after it. A world that is not `private` shares
    files, network and terminal with the judge; only processes and IPC objects are its own. A
    `closed` one sees nothing but Python, the system's programs and its own folders: see `jail`.
    An `interpreter` is forked from a template that has IPython loaded. Where nobody
    `reads_mappings`, pages come into memory only when the program touches them, and nothing is
    known of private copies and of what was never written back.
    """

    def __init__(
        self,
        folder: Path | None = None,
        processes: int = 512,
        single: bool = False,
        private: bool = True,
        closed: bool | None = None,
        interpreter: bool = False,
        reads_mappings: bool = True,
    ) -> None:
        self.single = single
        self.reads_mappings = reads_mappings
        self.level = isolation.current().level
        self._own_folder = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="autograder-"))
        self.private = private
        self.kind = judge.Kind.INTERPRETER if interpreter else judge.Kind.PLAIN
        self.kind = self.kind if private else judge.Kind.FOREGROUND
        self.closed = private and (_closed if closed is None else closed)
        self.begun = time.time()
        self.temporary = Path(tempfile.mkdtemp(prefix="autograder-tmp-"))
        self.selector = selectors.DefaultSelector()
        self.watches: dict[int, Watch] = {}
        self.init_pid = 0
        self._init_handle = -1
        self._tickets = 0
        self._accounts: dict[int, tuple[list[Leftover], dict[str, Any] | None]] = {}
        self._gone = False
        self._known_leftovers: set[str] = set()
        self._serial = 0
        self._next_look = 0.0
        try:
            self._open(processes)
        except BaseException:
            self.close()
            raise

    def _open(self, processes: int) -> None:
        self.control, theirs = messages.pair()
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        keep = [sys.prefix, sys.base_prefix, isolation.package_root(), *sys.path]
        request: dict[str, object] = {
            "op": "world",
            "level": self.level,
            "private": self.private,
            "closed": self.closed,
            "folders": [str(self.folder), str(self.temporary)],
            "keep": [path for path in keep if path and os.path.isdir(path)],
            "processes": processes,
        }
        with theirs:
            judge.template(self.kind).request(request, theirs)
        hello = self._expect("ready")
        # The kernel says the sender's pid as seen from here; from inside it is 1.
        self.init_pid = hello.sender
        self._init_handle = os.pidfd_open(self.init_pid)
        self.selector.register(self.control, selectors.EVENT_READ, self._on_control)

    def _expect(self, op: str) -> messages.Message:
        self.control.settimeout(READY_SECONDS)
        try:
            message = messages.receive(self.control)
        except TimeoutError as error:
            raise SandboxError(f"the world did not answer within {READY_SECONDS:.0f} s") from error
        finally:
            self.control.settimeout(None)
        if message is None:
            raise SandboxError("the world ended before it was ready")
        if message.op != op:
            raise SandboxError(f"a world could not be made: {message.body.get('text')}")
        return message

    def __enter__(self) -> "World":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def start(
        self,
        payload: bytes,
        stdin: bytes,
        timeout: float,
        limits: Limits,
        labelled: bool = False,
        extra: tuple[int, ...] = (),
    ) -> Watch:
        """Start a student process that runs `payload` (a pickled call); returns its watch.

        `labelled` makes standard output and error sockets that tell which process wrote what.
        The call gets `extra` descriptors, which are closed here, in front of its arguments.
        """
        watch = self._watch(
            Channels(self.selector, stdin, limits.output, labelled), timeout, limits
        )
        request = {
            "op": "start",
            "kind": "function",
            "run": watch.serial,
            "limits": limits.as_plain(),
            "folder": str(self.folder),
            "environment": judge.environment(str(self.temporary)),
            "path": [path for path in sys.path if path],
            "extra": len(extra),
            "reads_mappings": self.reads_mappings,
        }
        watch.launch(request, payload, extra)
        return watch

    def start_program(self, command: dict[str, object], timeout: float, limits: Limits) -> Watch:
        """Start a program on the judge's own descriptors 0, 1 and 2; returns its watch.

        `command` has `program` (a path), `argv`, `environment` and `folder`.
        """
        watch = self._watch(Inherited(self.selector), timeout, limits)
        request: dict[str, object] = {"op": "start", "kind": "program", "run": watch.serial}
        watch.launch(request, json.dumps(command).encode())
        return watch

    def _watch(self, channels: Channels, timeout: float, limits: Limits) -> Watch:
        self._serial += 1
        watch = Watch(self, self._serial, channels, timeout, limits)
        self.watches[self._serial] = watch
        return watch

    def pump(
        self,
        watch: Watch,
        deadline: float | None = None,
        until: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Serve all runs until `watch` is over (True), `deadline` has passed or `until` holds."""
        while not watch.over and not until():
            now = time.monotonic()
            if deadline is not None and now >= deadline:
                return False
            pause = max(0.0, self._next_look - now)
            self.attend(min(pause, TICK))
            if time.monotonic() >= self._next_look:
                self._look()
        return watch.over

    def attend(self, seconds: float = 0.0) -> None:
        """Take what has come, waiting up to `seconds` for it; no run is looked at or judged."""
        for key, _ in self.selector.select(seconds):
            key.data()

    def _look(self) -> None:
        begun = time.monotonic()
        for watch in list(self.watches.values()):
            watch.look()
        cost = time.monotonic() - begun
        self._next_look = time.monotonic() + max(TICK, 3 * cost)

    def _on_control(self) -> None:
        try:
            message = messages.receive(self.control, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if message is None:
            self._gone = True
            self.selector.unregister(self.control)
            for watch in list(self.watches.values()):
                watch.on_world_end()
            return
        body = message.body
        if message.op == "started":
            self.watches[int(body["run"])].on_started(int(body["pid"]))
        elif message.op == "ended":
            for watch in list(self.watches.values()):
                watch.on_ended(int(body["pid"]), int(body["status"]))
        elif message.op == "account":
            leftovers = [Leftover(**item) for item in body["leftovers"]]
            self._accounts[int(body["ticket"])] = (leftovers, body["account"])

    def account(
        self, run: int, sockets: Collection[int] = (), names: Collection[str] = ()
    ) -> tuple[list[Leftover], dict[str, Any] | None]:
        """What init finds left in the world now, and what it saw of one run (None: nothing).

        Objects, FIFOs and sockets are those that are there; a world that has vanished has none.
        `sockets` are the inodes of Unix sockets whose peers are asked for, `names` those of
        objects of which it is asked whether the run made them.
        """
        self._tickets += 1
        ticket = self._tickets
        with contextlib.suppress(OSError):
            request = {"op": "account", "run": run, "ticket": ticket}
            asked = {"sockets": list(sockets), "names": list(names)}
            messages.send(self.control, {**request, **asked})
        deadline = time.monotonic() + READY_SECONDS
        while ticket not in self._accounts and not self._gone:
            if time.monotonic() > deadline:
                raise SandboxError("the world's first process does not answer")
            self.attend(TICK)
        return self._accounts.pop(ticket, ([], None))

    def fresh(self, leftovers: list[Leftover]) -> list[Leftover]:
        """Those of `leftovers` that were not there when this was last asked."""
        found = [item for item in leftovers if item.key not in self._known_leftovers]
        self._known_leftovers = {item.key for item in leftovers}
        return found

    def inner_pid(self, pid: int) -> int | None:
        """What process `pid`, as seen from here, calls itself; None when it is gone."""
        try:
            return read_status(pid).inner_pid
        except Vanished:
            return None

    def host_pid(self, inner: int) -> int | None:
        """The pid, as seen from here, of the world's process that calls itself `inner`."""
        if self.level == isolation.PROCESS:
            return inner
        for pid in descendants_of(self.init_pid):
            with contextlib.suppress(Vanished):
                if read_status(pid).inner_pid == inner:
                    return pid
        return None

    def empty(self) -> bool:
        """Whether no process but init is left."""
        try:
            return not children_of(self.init_pid)
        except Vanished:
            return True

    def finished(self, watch: Watch) -> None:
        """Forget a run that is over."""
        self.watches.pop(watch.serial, None)

    def close(self) -> None:
        """End every process of the world, at once, and remove what it left on this machine."""
        if self._init_handle >= 0:
            self._end_processes()
        for watch in list(self.watches.values()):
            watch.close()
        self.selector.close()
        with contextlib.suppress(AttributeError):
            self.control.close()
        if self._init_handle >= 0:
            os.close(self._init_handle)
            self._init_handle = -1
        shutil.rmtree(self.temporary, ignore_errors=True)
        if self._own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _end_processes(self) -> None:
        if self.level == isolation.PROCESS:
            self._remove_objects()
            self.control.shutdown(socket.SHUT_RDWR)  # init kills all its descendants, then ends
        else:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init_handle, signal.SIGKILL)
        self._wait_for_init()

    def _wait_for_init(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._init_handle, selectors.EVENT_READ)
            if not waiting.select(READY_SECONDS):
                raise SandboxError(f"the world's first process {self.init_pid} does not end")

    def _remove_objects(self) -> None:
        """Level `process`: take away the SysV and POSIX objects that the runs left behind.

        FIFOs and sockets are files: in a folder that is the user's own they stay.
        """
        for item in self.account(0)[0]:
            if self.private or item.kind not in ("fifo", "socket"):
                remove(item)
