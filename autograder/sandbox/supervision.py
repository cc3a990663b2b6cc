"""What init learns from the calls that processes of one run stand still in.

Facts from the kernel, not from the program: how many processes were made, which programs were
executed, who was a zombie when its parent ended, and until when a timer may wake somebody. What
became of buffers, mappings, error messages and special files is kept by modules of their own.
"""

import contextlib
import ctypes
import errno
import json
import os
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from autograder.observe import queues
from autograder.observe.ledger import Leftover, ipc_objects, queue_left
from autograder.observe.procfs import (
    Vanished,
    children_of,
    descendants_of,
    read_bytes,
    read_link,
    read_memory,
    read_stat,
    read_text,
)
from autograder.sandbox import seccomp
from autograder.sandbox.buffers import Buffers
from autograder.sandbox.complaints import Complaints
from autograder.sandbox.crashes import Crashes
from autograder.sandbox.inside.file_buffers import MAGIC
from autograder.sandbox.made_files import MadeFiles
from autograder.sandbox.mapped import MappedFiles
from autograder.sandbox.memory_limit import MemoryLimit
from autograder.sandbox.polling import Polling

# Which argument names the new file. sem_open makes a file under another name, then links it.
_PATH_ARGUMENT = {"openat": 1, "link": 1, "linkat": 3, "mq_open": 0}
_libc = ctypes.CDLL(None, use_errno=True)
_CLONE_VM, _CLONE_THREAD = 0x100, 0x10000
_FORKS = ("fork", "vfork", "clone", "clone3")
_SLACK = 0.25
_MARGIN = 64
_MOST = 200
_MOST_MADE = 10_000
_LONGEST = 200


@dataclass(slots=True)
class Supervision:
    """The running account of one run; pids are those inside the world.

    `zombies` map a pid to (parent, command); `timers` a process to the moment (monotonic seconds)
    until which its interval timer may wake it. POSIX timers show in /proc and are not kept here.
    Where IPC objects are watched, `makers` are the processes that made segments, and `made` the
    ledger keys of other objects and the names of all new files. Without `reads_mappings` nothing
    is told of mapped files: reading them brings pages into memory.
    """

    listener: int
    most_processes: int
    reads_mappings: bool = True
    forks: int = 0
    programs: list[str] = field(default_factory=list)
    zombies: dict[int, tuple[int, str]] = field(default_factory=dict)
    timers: dict[int, float] = field(default_factory=dict)
    makers: set[int] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    buffers: Buffers = field(default_factory=Buffers)
    mapped: MappedFiles = field(default_factory=MappedFiles)
    complaints: Complaints = field(default_factory=Complaints)
    special: MadeFiles = field(default_factory=MadeFiles)
    crashes: Crashes = field(default_factory=Crashes)
    polling: Polling = field(default_factory=Polling)
    memory: MemoryLimit = field(default_factory=MemoryLimit)
    _asked: int = 0
    _full: bool = False

    def serve(self) -> None:
        """Look at one waiting call and let it continue."""
        notification = seccomp.receive(self.listener)
        if notification is None:
            return
        if notification.call in ("semget", "msgget"):
            self._make(notification)
            return
        refused = 0
        try:
            pid = _process_of(notification.tid)
            refused = self._refuse(pid, notification)
            if not refused:
                self._note(pid, notification)
        except (Vanished, OSError, struct.error, ValueError, TypeError, KeyError):
            pass  # killed while we looked, or garbled on purpose
        finally:
            if refused:
                seccomp.answer(self.listener, notification, -1, refused)
            else:
                seccomp.let_continue(self.listener, notification)
        if notification.call == "mmap":
            with contextlib.suppress(Vanished):
                self.mapped.note_mapped(_process_of(notification.tid), notification.args)

    def owns(self, item: Leftover) -> bool:
        """Whether the run made an object that outlives it."""
        return item.key in self.made or item.creator in self.makers

    def queues_left(self) -> list[Leftover]:
        """The POSIX queues that the run made and that are still there, be they listed or not."""
        made = [key for key in self.made if key.startswith(queues.FOLDER) and queues.is_there(key)]
        return [queue_left(key) for key in made]

    def _make(self, notification: seccomp.Notification) -> None:
        """Make a semaphore set or queue in the caller's place: its table names no creator."""
        kind = notification.call[:3]
        before = {item.key for item in ipc_objects()}
        arguments = [ctypes.c_long(argument) for argument in notification.args[:3]]
        number = int(getattr(_libc, notification.call)(*arguments))
        code = ctypes.get_errno() if number < 0 else 0
        if number >= 0 and f"{kind}:{number}" not in before:
            self.made.add(f"{kind}:{number}")
        seccomp.answer(self.listener, notification, number, code)

    def as_plain(self) -> dict[str, Any]:
        """The account as plain data, long lists cut."""
        now = time.monotonic()
        return {
            "forks": self.forks,
            "programs": self.programs,
            "zombies": [[pid, *about] for pid, about in list(self.zombies.items())[:_MOST]],
            "timed": [pid for pid, until in self.timers.items() if until > now][:_MOST],
            "lost": self.buffers.lost,
            "doubled": self.buffers.doubled,
            "complaints": [
                [*row, row[0] in self.crashes.executed] for row in self.complaints.as_rows()
            ],
            "crashes": self.crashes.as_rows(),
            "polled": self.polling.rows,
            "on_purpose": sorted(self.crashes.on_purpose)[:_MOST],
            "memory": self.memory.rows,
            "copied": self.mapped.copied,
            "short": self.mapped.short(),
            "durable": self.mapped.durable(),
            "unsynced": self.mapped.unsynced(),
            "images": self.mapped.images(),
        }

    def _refuse(self, pid: int, notification: seccomp.Notification) -> int:
        """The errno with which a call fails that shall not happen; 0 for all others."""
        if notification.call.startswith("link"):
            return errno.ENOENT if self._listen(pid, notification) else 0
        if notification.call in _FORKS and self._crowded():
            return errno.EAGAIN
        return 0

    def _crowded(self) -> bool:
        """Whether so many processes are there that the judge is about to end the run.

        Counted anew at every 32nd fork only: it takes a look at each of them.
        """
        self._asked += 1
        if self._asked % 32 == 0:
            alive = sum(1 for _ in descendants_of(os.getpid()))
            self._full = alive > self.most_processes + _MARGIN
        return self._full

    def _listen(self, pid: int, notification: seccomp.Notification) -> bool:
        """Take what a witness inside a Python process says: the path of a link to nowhere."""
        path = read_text(pid, notification.args[0 if notification.call == "link" else 1])
        if not path.startswith(MAGIC):
            return False
        told = json.loads(path[len(MAGIC) :])
        if told:
            self.buffers.note_told(pid, told)
        else:
            self.polling.note_begin(pid)
        return True

    def _note(self, pid: int, notification: seccomp.Notification) -> None:
        call, args = notification.call, notification.args
        self.crashes.note_newborn()
        if call == "exit_group":
            self._note_end(pid, args[0])
        elif call in _FORKS:
            self._note_fork(pid, call, args)
        elif call in ("execve", "execveat"):
            path = read_text(pid, args[0 if call == "execve" else 1])
            if len(self.programs) < _MOST:
                self.programs.append(path[-_LONGEST:])
            self.crashes.executed[pid] = path
            self.buffers.note_leaving(pid, ends=False)
        elif call in ("write", "writev", "dup"):
            self.complaints.note(pid, call, args)
        elif call == "mmap":
            self.memory.note_map(pid, args)
            if self.reads_mappings:
                self.mapped.note_map(pid, args)
        elif call == "munmap":
            self.mapped.note_leaving(pid)
        elif call in ("msync", "fsync", "fdatasync", "sync", "syncfs"):
            self.mapped.note_sync(pid, call, args)
        elif call in ("kill", "tgkill"):
            self.crashes.note_signal(args)
        elif call in ("wait4", "waitid"):
            self.crashes.note_wait(pid)
        elif call in ("mknod", "mknodat", "bind"):
            self.special.note(pid, call, args)
        elif call == "shmget":
            self.makers.add(pid)
        elif call in _PATH_ARGUMENT:
            self._note_path(pid, call, read_text(pid, args[_PATH_ARGUMENT[call]]))
        else:
            self._note_timer(pid, call, args)

    def _note_path(self, pid: int, call: str, path: str) -> None:
        if len(self.made) >= _MOST_MADE:
            return
        if call == "mq_open":
            key = queues.key_of(path)
            new = not queues.is_there(key)
        else:
            key = os.path.normpath(os.path.join(read_link(f"/proc/{pid}/cwd"), path))
            new = not os.path.lexists(key)
        if new:
            self.made.add(key)

    def _note_fork(self, pid: int, call: str, args: tuple[int, ...]) -> None:
        flags = {"fork": 0, "vfork": _CLONE_VM, "clone": args[0]}.get(call)
        if flags is None:
            flags = _first_word(pid, args[0])
        self.forks += not flags & _CLONE_THREAD
        if not flags & _CLONE_THREAD:
            self.crashes.note_fork(pid)
        if not flags & _CLONE_VM:
            self.mapped.note_fork(pid)
            self.buffers.note_fork(pid)

    def _note_end(self, pid: int, status: int) -> None:
        for child in children_of(pid):
            with contextlib.suppress(Vanished):
                stat = read_stat(child)
                if stat.state == "Z":
                    self.zombies[child] = (pid, stat.command)
        self.crashes.note_end(pid)
        # What one of them cannot see may be seen by the next.
        with contextlib.suppress(Vanished):
            self.complaints.note_end(pid, status & 0xFF)
        with contextlib.suppress(Vanished):
            self.memory.note_end(pid, status & 0xFF)
        with contextlib.suppress(Vanished):
            self.polling.note_end(pid)
        with contextlib.suppress(Vanished):
            self.mapped.note_leaving(pid)
        with contextlib.suppress(Vanished):
            self.buffers.note_leaving(pid, ends=True)

    def _note_timer(self, pid: int, call: str, args: tuple[int, ...]) -> None:
        if call == "alarm":
            seconds = float(args[0] & 0xFFFFFFFF)
        elif args[0] & 0xFFFFFFFF:
            return  # virtual and profiling timers tick only while the process runs
        else:
            seconds = _period(pid, args[1])
        if seconds > 0:
            self.timers[pid] = time.monotonic() + seconds + _SLACK
        else:
            self.timers.pop(pid, None)


def _period(pid: int, address: int) -> float:
    """Seconds until an interval timer fires; for a repeating one, for ever (setitimer(2))."""
    if not address:
        return 0.0
    again, again_part, first, first_part = struct.unpack("=4q", read_memory(pid, address, 32))
    if first == 0 and first_part == 0:
        return 0.0
    return float("inf") if again or again_part else first + first_part * 1e-6


def _process_of(tid: int) -> int:
    for line in read_bytes(f"/proc/{tid}/status").splitlines():
        if line.startswith(b"Tgid:"):
            return int(line.split()[1])
    raise Vanished(f"thread {tid}")


def _first_word(pid: int, address: int) -> int:
    return int(struct.unpack("=Q", read_memory(pid, address, 8))[0])
