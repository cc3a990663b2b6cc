"""The descriptor table of a real child process, read from outside."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.observe import Vanished, descriptors_of
from autograder.observe.descriptors import Kind, open_flags

CHILD = """
import os, select, socket, sys
r, w = os.pipe()
os.set_blocking(r, False)
fifo = os.open(sys.argv[1], os.O_RDWR)
left, right = socket.socketpair()
epoll = select.epoll()
epoll.register(r, select.EPOLLIN)
print(r, w, fifo, left.fileno(), epoll.fileno(), flush=True)
input()
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[tuple[int, list[int]]]:
    os.mkfifo(tmp_path / "mail")
    command = [sys.executable, "-I", "-c", CHILD, str(tmp_path / "mail")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.pid, [int(word) for word in process.stdout.readline().split()]
        process.communicate(b"\n")


def test_every_kind_is_told_apart(child: tuple[int, list[int]]) -> None:
    pid, (read_end, write_end, fifo, left, epoll) = child
    table = {entry.fd: entry for entry in descriptors_of(pid)}
    assert table[read_end].kind is Kind.PIPE
    assert (table[read_end].access, table[write_end].access) == ("r", "w")
    assert table[read_end].channel == table[write_end].channel
    assert open_flags(pid, read_end) & os.O_NONBLOCK
    assert not open_flags(pid, write_end) & os.O_NONBLOCK
    assert open_flags(pid, read_end) & os.O_CLOEXEC
    assert table[fifo].kind is Kind.FIFO
    assert table[fifo].access == "rw"
    assert table[fifo].target.endswith("/mail")
    assert table[left].kind is Kind.SOCKET
    assert [fd for fd, _ in table[epoll].epoll_targets] == [read_end]


def test_hidden_targets_are_left_out(child: tuple[int, list[int]]) -> None:
    pid, (read_end, write_end, *_) = child
    target = os.readlink(f"/proc/{pid}/fd/{read_end}")
    shown = {entry.fd for entry in descriptors_of(pid, frozenset({target}))}
    assert not shown & {read_end, write_end}


def test_process_that_is_gone_has_vanished() -> None:
    process = subprocess.Popen([sys.executable, "-I", "-c", ""])
    process.wait()
    with pytest.raises(Vanished):
        descriptors_of(process.pid)
