"""Five ways from one process to another, with the same two calls: to be measured in a lesson.

Each has room for 64 KiB, as much as a pipe (pipe(7)). The memory that two processes share is a ring
of slots, one message each; two counting semaphores say how many slots are free and how many are
full (semop(2)). Everything is made before fork, in the current folder, and runs inside a world.
"""

import mmap
import os
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

import sysv_ipc

ROOM = 65_536  # bytes
_MOST_SLOTS = 4096


class Transport(Protocol):
    """One direction. Messages are of one size, which both sides know.

    What `receive` returns is valid until it is called again.
    """

    def send(self, message: bytes | bytearray) -> None: ...

    def receive(self) -> bytearray: ...


class Stream:
    """Bytes through two descriptors: a pipe, a FIFO, a socket pair."""

    def __init__(self, read_end: int, write_end: int, size: int, stack: ExitStack) -> None:
        self.read_end, self.write_end = read_end, write_end
        self.buffer = bytearray(size)
        for end in (read_end, write_end):
            stack.callback(os.close, end)

    def send(self, message: bytes | bytearray) -> None:
        rest = memoryview(message)
        while rest:
            rest = rest[os.write(self.write_end, rest) :]

    def receive(self) -> bytearray:
        rest = memoryview(self.buffer)
        while rest:
            rest = rest[os.readv(self.read_end, [rest]) :]
        return self.buffer


class Ring:
    """Messages through shared memory, whichever; semaphores for the taking of turns."""

    def __init__(self, memory: memoryview, size: int, slots: int, stack: ExitStack) -> None:
        self.memory, self.size, self.slots, self.next = memory, size, slots, 0
        self.buffer = bytearray(size)
        self.free = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=slots)
        stack.callback(self.free.remove)
        self.full = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=0)
        stack.callback(self.full.remove)
        stack.callback(memory.release)

    def send(self, message: bytes | bytearray) -> None:
        self.free.acquire()
        begin = self._turn()
        self.memory[begin : begin + self.size] = message
        self.full.release()

    def receive(self) -> bytearray:
        self.full.acquire()
        begin = self._turn()
        self.buffer[:] = self.memory[begin : begin + self.size]
        self.free.release()
        return self.buffer

    def _turn(self) -> int:
        slot, self.next = self.next, (self.next + 1) % self.slots
        return slot * self.size


def _pipe(size: int, stack: ExitStack) -> Transport:
    return Stream(*os.pipe(), size, stack)


def _fifo(size: int, stack: ExitStack) -> Transport:
    folder = stack.enter_context(tempfile.TemporaryDirectory(dir="."))
    path = os.path.join(folder, "fifo")
    os.mkfifo(path)
    read_end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_end = os.open(path, os.O_WRONLY)
    os.set_blocking(read_end, True)
    return Stream(read_end, write_end, size, stack)


def _socket_pair(size: int, stack: ExitStack) -> Transport:
    one, other = socket.socketpair()
    return Stream(one.detach(), other.detach(), size, stack)


def _segment(size: int, stack: ExitStack) -> Transport:
    slots = _slots(size)
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=size * slots)
    stack.callback(segment.detach)  # after the view of it is released
    segment.remove()  # it goes with the last who is attached
    return Ring(memoryview(segment), size, slots, stack)


def _mapped_file(size: int, stack: ExitStack) -> Transport:
    slots = _slots(size)
    with tempfile.TemporaryFile(dir=".") as stream:
        stream.truncate(size * slots)
        memory = stack.enter_context(mmap.mmap(stream.fileno(), size * slots))
    return Ring(memoryview(memory), size, slots, stack)


def _slots(size: int) -> int:
    return min(max(ROOM // size, 2), _MOST_SLOTS)


TRANSPORTS: dict[str, Callable[[int, ExitStack], Transport]] = {
    "pipe": _pipe,
    "FIFO": _fifo,
    "socket pair": _socket_pair,
    "shared memory": _segment,
    "mapped file": _mapped_file,
}


def throughput(kind: str, size: int, count: int) -> float:
    """Bytes per second, from here to a child, in `count` messages of `size` bytes each."""
    with ExitStack() as stack:
        there, back = TRANSPORTS[kind](size, stack), _pipe(1, stack)
        message = b"m" * size

        def receive_all() -> None:
            for _ in range(count):
                there.receive()
            back.send(b".")

        def send_all() -> None:
            for _ in range(count):
                there.send(message)
            back.receive()

        return size * count / _seconds(send_all, receive_all)


def round_trip(kind: str, size: int, count: int) -> float:
    """Seconds for one message of `size` bytes to a child and back again, the mean of `count`."""
    with ExitStack() as stack:
        there, back = TRANSPORTS[kind](size, stack), TRANSPORTS[kind](size, stack)
        message = b"m" * size

        def echo() -> None:
            for _ in range(count):
                back.send(there.receive())

        def call() -> None:
            for _ in range(count):
                there.send(message)
                back.receive()

        return _seconds(call, echo) / count


def _seconds(work: Callable[[], None], childs_work: Callable[[], None]) -> float:
    """How long `work` takes here, while a child does its own."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            childs_work()
            status = 0
        finally:
            os._exit(status)
    begin = time.perf_counter()
    work()
    took = time.perf_counter() - begin
    os.waitpid(pid, 0)
    return took
