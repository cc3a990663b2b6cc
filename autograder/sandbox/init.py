"""PID 1 of a world: starts student processes, reaps everything, reports, and never runs their code.

Trusted and non-dumpable: no process of the world can trace it or read its memory, and in a PID
namespace no signal from inside can end it. It ends, and with it the whole world, when the judge
closes the control socket.
"""

import contextlib
import os
import select
import signal
import socket
from collections.abc import Callable
from typing import Any, NoReturn

from autograder.observe.ledger import Leftover, ipc_objects, semaphore_states, special_files
from autograder.observe.procfs import Vanished, descendants_of
from autograder.observe.sockets import unix_peers
from autograder.sandbox import kernel, messages, namespaces, program, student
from autograder.sandbox.isolation import NAMESPACES
from autograder.sandbox.supervision import Supervision


def main(judge: socket.socket, request: dict[str, Any]) -> NoReturn:
    """Furnish the world, then serve the judge until it hangs up."""
    isolated, private = request["level"] == NAMESPACES, bool(request["private"])
    folders = [str(folder) for folder in request["folders"]]
    if isolated:
        keep = [*request["keep"], *folders] if private else None
        scratch = folders if request["closed"] else None
        namespaces.furnish(keep, int(request["processes"]), scratch)
        folders += ["/tmp"] if private else []
    else:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    if private:
        os.setsid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    world = _Init(judge, isolated, private, folders, int(request["processes"]))
    messages.send(judge, {"op": "ready", "pid": os.getpid()})
    world.serve()


class _Init:
    def __init__(
        self,
        judge: socket.socket,
        isolated: bool,
        private: bool,
        folders: list[str],
        most_processes: int,
    ) -> None:
        self.judge = judge
        self.isolated = isolated
        self.private = private
        self.folders = folders
        self.most_processes = most_processes
        # In a fresh world this is empty; elsewhere it is what was there before.
        self.foreign = {item.key for item in ipc_objects() + special_files(folders)}
        self.supervised: dict[int, Supervision] = {}
        self.ready: dict[int, Callable[[], None]] = {}
        self.poll = select.poll()
        self._watch(judge.fileno(), self._on_judge)
        self.wake, wake_write = os.pipe()
        os.set_blocking(wake_write, False)
        os.set_blocking(self.wake, False)
        self._watch(self.wake, self._on_child)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)

    def serve(self) -> NoReturn:
        while True:
            for fd, events in self.poll.poll():
                if events & select.POLLIN or fd == self.judge.fileno():
                    self.ready[fd]()
                else:  # the last process behind it has ended
                    self._unwatch(fd)

    def _watch(self, fd: int, on_ready: Callable[[], None]) -> None:
        self.ready[fd] = on_ready
        self.poll.register(fd, select.POLLIN)

    def _unwatch(self, fd: int) -> None:
        del self.ready[fd]
        self.poll.unregister(fd)
        os.close(fd)

    def _on_judge(self) -> None:
        message = messages.receive(self.judge)
        if message is None:
            self._end()
        elif message.op == "start":
            self._start(message)
        elif message.op == "account":
            leftovers = [item.as_plain() for item in self._leftovers()]
            run = self.supervised.get(int(message.body["run"]))
            account = run.as_plain() if run else None
            answer = {"op": "account", "ticket": message.body["ticket"]}
            if account is not None:
                account["semaphores"] = semaphore_states()[:500]
                account["sockets"] = _peers_of(set(message.body["sockets"]))
                account["own"] = sorted(run.made & set(message.body["names"])) if run else []
                account["foreign"] = [] if self.isolated else sorted(self._foreign())[:500]
            self._tell({**answer, "leftovers": leftovers[:200], "account": account})

    def _on_child(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self.wake, 4096)
        self._reap()

    def _start(self, message: messages.Message) -> None:
        ours, theirs = messages.pair()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
            fds = [*message.fds, theirs.detach()]
            if message.body["kind"] == "program":
                _become_program(fds, self.isolated)
            student.main(message.body, fds, isolated=self.isolated)
        theirs.close()
        messages.close_all(message.fds)
        number = int(message.body["run"])
        self._tell({"op": "started", "run": number, "pid": pid})
        self._supervise(ours, number, bool(message.body.get("reads_mappings", True)))

    def _supervise(self, introduction: socket.socket, number: int, reads: bool) -> None:
        """Wait for the student process to hand over its listener, before it runs any own code."""
        with introduction:
            message = messages.receive(introduction)
        if message is None or not message.fds:
            return  # no such thing in this kernel, or it died in its set-up
        listener = message.fds[0]
        self.supervised[number] = Supervision(listener, self.most_processes, reads)
        self._watch(listener, self.supervised[number].serve)

    def _reap(self) -> None:
        """Report every child that ended: students, and the orphans that came to init."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._tell({"op": "ended", "pid": pid, "status": status})

    def _leftovers(self) -> list[Leftover]:
        found = {item.key: item for item in ipc_objects() + self._special_files()}
        found |= {item.key: item for run in self.supervised.values() for item in run.queues_left()}
        fresh = [item for item in found.values() if item.key not in self.foreign]
        return fresh if self.isolated else [item for item in fresh if self._may_be_ours(item)]

    def _special_files(self) -> list[Leftover]:
        """FIFOs and sockets that runs were seen to make, and, in a folder that is the world's own
        or when nobody could look, those that are there."""
        made = {item.key: item for run in self.supervised.values() for item in run.special.left()}
        if self.private or not self.supervised:
            made |= {item.key: item for item in special_files(self.folders)}
        return list(made.values())

    def _foreign(self) -> set[str]:
        """Outside a namespace: keys of the objects that this world did not make."""
        return {item.key for item in ipc_objects() if not self._may_be_ours(item)}

    def _may_be_ours(self, item: Leftover) -> bool:
        """Outside a namespace: false for what another program of this machine made meanwhile."""
        if item.kind in ("fifo", "socket"):
            return True  # in a folder of this world
        return any(run.owns(item) for run in self.supervised.values())

    def _tell(self, body: dict[str, Any]) -> None:
        try:
            messages.send(self.judge, body)
        except OSError:
            self._end()

    def _end(self) -> NoReturn:
        """End the world. A PID namespace dies with its init; elsewhere each process is killed."""
        if not self.isolated:
            self._kill_descendants()
        os._exit(0)

    def _kill_descendants(self) -> None:
        while True:
            try:
                for pid in descendants_of(os.getpid()):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                os.waitpid(-1, 0)
            except (ChildProcessError, Vanished):
                return


def _peers_of(inodes: set[int]) -> list[list[int]] | None:
    """[inode, peer, queued bytes] of the Unix sockets among `inodes`; None: not to be known."""
    if not inodes:
        return []
    found = unix_peers()
    if found is None:
        return None
    return [[each.inode, each.peer, each.queued] for each in found if each.inode in inodes][:500]


def _become_program(fds: list[int], isolated: bool) -> NoReturn:
    """In the fork: the user's descriptors to 0, 1 and 2, then the program."""
    for number in range(3):
        os.dup2(fds[number], number)
    _, _, _, report, payload, _, _, introduction = fds
    program.main(socket.socket(fileno=report), payload, introduction, isolated)
