"""What is read of other programs: pipe fills, locks, C source lines, output in C's buffers."""

import fcntl
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.observe.locks import WHOLE, held_locks
from autograder.observe.native import native_frame
from autograder.observe.pipes import fill_of
from autograder.observe.procfs import read_syscall
from autograder.observe.stdio import pending_output

WAITER = """\
#include <stdio.h>
#include <unistd.h>

static int wait_for_a_byte(int fd)
{
    char c;
    return read(fd, &c, 1);
}

int main(void)
{
    printf("not yet written");
    return wait_for_a_byte(0) == 1;
}
"""


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.fixture
def waiter(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A C program that is blocked in a read, with output still in its buffer."""
    source = tmp_path / "waiter.c"
    source.write_text(WAITER)
    program = str(tmp_path / "waiter")
    subprocess.run(["gcc", "-g", "-O0", str(source), "-o", program], check=True)
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        _until(lambda: _in_read(child.pid))
        yield child
        child.communicate(b"x")


def _in_read(pid: int) -> bool:
    call = read_syscall(pid, pid)
    return call is not None and call[1][0] == 0 and bool(pending_output(pid).pending)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="unavoidable: x86-64 only")
def test_line_and_function_of_a_blocked_c_program(waiter: subprocess.Popen[bytes]) -> None:
    frame = native_frame(waiter.pid)
    assert frame is not None
    assert frame.file.endswith("waiter.c")
    assert WAITER.splitlines()[frame.line - 1].strip() == "return read(fd, &c, 1);"
    assert frame.function == "wait_for_a_byte"


def test_program_without_debug_information_has_no_line() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as child:
        _until(lambda: read_syscall(child.pid, child.pid) is not None)
        assert native_frame(child.pid) is None


def test_output_in_the_buffers_of_c_is_seen(waiter: subprocess.Popen[bytes]) -> None:
    (pending,) = pending_output(waiter.pid).pending.values()
    assert (pending.fd, pending.data) == (1, b"not yet written")


def test_fill_and_capacity_of_a_pipe() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b"12345")
    fill = fill_of(os.getpid(), write_end)
    assert fill is not None
    assert (fill.waiting, fill.capacity) == (5, fcntl.fcntl(write_end, 1032))
    os.close(write_end)
    os.close(read_end)


def test_fill_of_what_is_no_pipe_is_unknown(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as stream:
        assert fill_of(os.getpid(), stream.fileno()) is None
    assert fill_of(os.getpid(), 9999) is None


def test_locks_are_seen_under_the_descriptor_that_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with path.open("w+") as holder, path.open("w+") as other:
        fcntl.flock(holder, fcntl.LOCK_EX)
        (lock,) = held_locks(os.getpid(), holder.fileno())
        assert (lock.kind, lock.writes, (lock.start, lock.end)) == ("FLOCK", True, WHOLE)
        assert held_locks(os.getpid(), other.fileno()) == ()


def test_only_overlapping_requests_of_one_family_are_hindered(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w+") as stream:
        fcntl.lockf(stream, fcntl.LOCK_SH, 10, 100)
        (lock,) = held_locks(os.getpid(), stream.fileno())
    assert (lock.kind, lock.writes, lock.start, lock.end) == ("POSIX", False, 100, 110)
    assert lock.hinders("POSIX", True, (105, 106))
    assert lock.hinders("OFDLCK", True, WHOLE)
    assert not lock.hinders("POSIX", False, (105, 106))
    assert not lock.hinders("POSIX", True, (110, 120))
    assert not lock.hinders("FLOCK", True, WHOLE)
