"""How a run can end, and what is on record then. At both isolation levels."""

import os
import signal
import sys
import time
from typing import Any

import pytest

from autograder import Limits, run
from autograder.errors import UsageError
from autograder.sandbox import Outcome, totals

pytestmark = pytest.mark.usefixtures("level")


def test_value_comes_back_with_its_exact_types() -> None:
    value = {"a": [1, 2.5, None, True], (1, b"\xff"): {3, "x"}, "big": 10**30, "f": frozenset({1})}
    run(lambda given: given, value).returns(value)


def test_value_that_is_not_plain_data_is_refused() -> None:
    record = run(lambda: object())
    assert record.outcome is Outcome.RAISED
    assert "builtins.object" in record.exception.message


def test_endless_nesting_is_refused() -> None:
    def build() -> list:
        value: list = []
        value.append(value)
        return value

    run(build).raises("TypeError", match="nested")


def test_large_value_comes_back_whole() -> None:
    run(lambda: b"x" * 3_000_000).returns(b"x" * 3_000_000)


def test_exception_is_recorded_with_the_line_it_came_from() -> None:
    def fail() -> None:
        raise KeyError("missing")

    record = run(fail).raises(KeyError).raises("LookupError")
    assert record.exception.frames[-1].function == "fail"
    assert record.exception.frames[-1].line == fail.__code__.co_firstlineno + 1


@pytest.mark.parametrize("code", [0, 3, 255])
def test_os_exit_is_an_exit_not_a_return(code: int) -> None:
    record = run(lambda: os._exit(code)).exits(code)
    assert record.value is None


def test_sys_exit_with_text_is_exit_code_one() -> None:
    record = run(lambda: sys.exit("sorry")).exits(1)
    assert record.stderr == b"sorry\n"


def test_exec_replaces_the_process() -> None:
    record = run(lambda: os.execvp("sh", ["sh", "-c", "echo here; exit 4"])).exits(4)
    assert record.stdout == b"here\n"
    record.executes("sh")


def test_signal_is_told_apart_from_exit_code() -> None:
    record = run(lambda: os.kill(os.getpid(), signal.SIGTERM)).killed_by(signal.SIGTERM)
    assert record.exit.code is None


def test_standard_streams_are_captured_byte_for_byte() -> None:
    def speak() -> None:
        os.write(1, b"\x00\xff out")
        os.write(2, b"err")

    record = run(speak)
    assert (record.stdout, record.stderr) == (b"\x00\xff out", b"err")


def test_standard_input_is_given_and_ends() -> None:
    data = b"line\n" * 100_000
    run(lambda: len(sys.stdin.buffer.read()), stdin=data).returns(len(data))


def test_standard_input_that_nobody_reads_does_no_harm() -> None:
    run(lambda: 1, stdin=b"x" * 1_000_000).returns(1)


def test_empty_standard_input_is_at_its_end() -> None:
    run(lambda: os.read(0, 10)).returns(b"")


def test_files_are_put_into_the_folder_and_scripts_can_run() -> None:
    def use() -> tuple[str, int]:
        with open("data/a.txt") as stream:
            return stream.read(), os.system("./hello >/dev/null")

    files = {"data/a.txt": "text", "hello": "#!/bin/sh\necho hello\n"}
    run(use, files=files).returns(("text", 0))


def test_files_outside_the_folder_are_refused() -> None:
    with pytest.raises(UsageError, match="outside"):
        run(lambda: 1, files={"../x": b""})


def _cell(source: str) -> dict[str, Any]:
    """What a notebook's namespace holds after a cell with `source`."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace


def test_compiled_struct_is_taken_along() -> None:
    cell = _cell("import struct\nHEAD = struct.Struct('>I')\ndef use(): return HEAD.pack(7)")
    run(cell["use"]).returns(b"\0\0\0\7")


def test_structures_of_ctypes_are_taken_along_with_their_methods() -> None:
    cell = _cell(
        "import ctypes\n"
        "class Node(ctypes.Structure):\n"
        "    _pack_ = 1\n"
        "    _fields_ = [('tag', ctypes.c_uint8), ('next', ctypes.c_uint32)]\n"
        "    def copy(self): return Node(self.tag, self.next)\n"
        "class Pair(ctypes.Structure):\n"
        "    _fields_ = [('left', Node), ('right', Node)]\n"
        "def use(): return bytes(Pair(Node(1, 2).copy(), Node(3, 4)))"
    )
    run(cell["use"]).returns(bytes([1, 2, 0, 0, 0, 3, 4, 0, 0, 0]))


def test_function_with_unpicklable_state_is_explained() -> None:
    cell = _cell("import threading\nlock = threading.Lock()\ndef use(): lock.acquire()")
    with pytest.raises(UsageError, match="`lock`, which cannot be taken into a sandbox"):
        run(cell["use"])


def test_output_flood_is_stopped() -> None:
    def flood() -> None:
        while True:
            os.write(1, b"x" * 65536)

    record = run(flood, limits=Limits(output=1_000_000))
    assert record.outcome is Outcome.LIMIT
    assert [finding.id for finding in record.findings] == ["output-flood"]
    assert len(record.stdout) <= 1_000_000


def test_fork_bomb_is_stopped() -> None:
    def bomb() -> None:
        while True:
            try:
                os.fork()
            except OSError:
                time.sleep(0.01)

    record = run(bomb, limits=Limits(processes=60))
    assert record.outcome is Outcome.LIMIT
    assert [finding.id for finding in record.findings] == ["fork-bomb"]


def test_memory_limit_is_named() -> None:
    record = run(lambda: len(b"x" * (3 << 30)))
    assert [finding.id for finding in record.findings] == ["memory-limit"]


def test_cpu_limit_is_named() -> None:
    def burn() -> None:
        while True:
            pass

    record = run(burn, limits=Limits(cpu=1))
    assert record.outcome is Outcome.LIMIT
    assert [finding.id for finding in record.findings] == ["cpu-limit"]


def test_file_size_limit_is_named() -> None:
    def grow() -> None:
        with open("big", "wb") as stream:
            stream.write(b"x" * 5_000_000)

    record = run(grow, limits=Limits(file_size=1_000_000))
    assert [finding.id for finding in record.findings] == ["file-size-limit"]


@pytest.mark.parametrize("named", [True, False])
def test_many_files_together_meet_the_limit_on_the_disk(named: bool) -> None:
    def fill(named: bool) -> None:
        for number in range(100):
            fd = os.open(f"part{number}", os.O_CREAT | os.O_WRONLY)
            if not named:
                os.unlink(f"part{number}")
            os.write(fd, b"x" * 4_000_000)
        time.sleep(60)

    record = run(fill, named, limits=Limits(disk=100_000_000))
    assert record.outcome is Outcome.LIMIT
    [finding] = record.findings
    assert finding.id == "file-size-limit"
    assert finding.evidence["allowed"] == 100_000_000 < finding.evidence["reached"]


@pytest.mark.parametrize("where", ["private", "memory file"])
def test_many_processes_together_meet_the_limit_on_memory(where: str) -> None:
    def grow(where: str) -> None:
        for _ in range(8):
            if os.fork() == 0:
                if where == "private":
                    keep = bytearray(os.urandom(1_000) * 60_000)
                    time.sleep(60 + len(keep))
                os.write(os.memfd_create("memory"), b"x" * 60_000_000)
                time.sleep(60)
        time.sleep(60)

    record = run(grow, where, limits=Limits(total_memory=300_000_000))
    assert record.outcome is Outcome.LIMIT
    [finding] = record.findings
    assert finding.id == "memory-limit"
    assert finding.evidence["allowed"] == 300_000_000 < finding.evidence["reached"]


def test_limit_on_memory_is_met_though_others_give_back_as_much_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(totals, "_free_memory", lambda: 8 << 30)

    def fill() -> None:
        keep = bytearray(os.urandom(1_000) * 60_000)
        time.sleep(60 + len(keep))

    assert run(fill, limits=Limits(total_memory=40_000_000)).outcome is Outcome.LIMIT


def test_memory_that_processes_share_counts_once() -> None:
    def share() -> int:
        import mmap

        common = mmap.mmap(-1, 60_000_000)
        common.write(b"x" * 60_000_000)
        keep = bytearray(os.urandom(1_000) * 60_000)
        for _ in range(8):
            if os.fork() == 0:
                common.seek(0)
                common.read()
                time.sleep(0.5)
                os._exit(len(keep) % 2)
        for _ in range(8):
            os.wait()
        return len(keep)

    run(share, limits=Limits(total_memory=400_000_000)).returns(60_000_000).has_no_findings()


@pytest.mark.parametrize("pause", [0, 0.001, 0.03])
def test_child_that_ends_a_moment_after_its_parent_was_not_waited_for(pause: float) -> None:
    def forget(pause: float) -> None:
        if os.fork() == 0:
            time.sleep(pause)
            os._exit(0)

    record = run(forget, pause)
    assert [finding.id for finding in record.findings] == ["zombie"]


def test_descriptor_limit_holds() -> None:
    def open_many() -> int:
        count = 0
        try:
            while True:
                os.dup(0)
                count += 1
        except OSError:
            return count

    run(open_many, limits=Limits(open_files=40)).returns(37)


def test_time_out_ends_everything() -> None:
    def linger() -> None:
        os.fork()
        time.sleep(60)

    record = run(linger, timeout=0.5)
    assert record.outcome is Outcome.TIMEOUT
    assert record.duration < 5


def test_environment_is_scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    record = run(lambda: dict(os.environ))
    assert "SECRET_TOKEN" not in record.value
    assert "PATH" in record.value


def test_only_the_standard_descriptors_are_open_below_the_limit() -> None:
    def listed() -> list[int]:
        return sorted(int(fd) for fd in os.listdir("/proc/self/fd") if int(fd) < 1024)[:3]

    run(listed).returns([0, 1, 2])


def test_student_process_has_no_capabilities() -> None:
    def capabilities() -> str:
        with open("/proc/self/status") as stream:
            return next(line.split()[1] for line in stream if line.startswith("CapEff"))

    run(capabilities).returns("0" * 16)
