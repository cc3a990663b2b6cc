"""What a world keeps apart, what it keeps over several runs, and what is left of it: nothing."""

import ctypes
import os
import signal
import time
from pathlib import Path

import pytest
import sysv_ipc

from autograder import run, sandbox
from autograder.errors import UsageError
from autograder.observe import queues
from autograder.sandbox import Outcome, isolation


def _write(name: str, data: bytes) -> None:
    with open(name, "ab") as stream:
        stream.write(data)


def _read(name: str) -> bytes:
    with open(name, "rb") as stream:
        return stream.read()


def _sleep(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


@pytest.mark.usefixtures("level")
def test_box_keeps_its_folder_over_runs_and_reboot() -> None:
    with sandbox() as box:
        box.run(_write, "log", b"one").returns(None)
        assert (box.path / "log").read_bytes() == b"one"
        box.reboot()
        box.run(_read, "log").returns(b"one")
        path = box.path
    assert not path.exists()


@pytest.mark.usefixtures("level")
def test_job_runs_beside_another_run_and_is_killed() -> None:
    with sandbox() as box:
        job = box.start(_sleep, 60.0)
        box.run(_sleep, 0.05).returns("slept")
        assert job.running
        record = job.kill()
        assert record.outcome is Outcome.KILLED
        assert record.exit.signal == signal.SIGKILL
        assert not job.running


@pytest.mark.usefixtures("level")
def test_job_is_waited_for() -> None:
    with sandbox() as box:
        job = box.start(_sleep, 0.2)
        job.wait().returns("slept")


@pytest.mark.usefixtures("level")
def test_two_jobs_talk_through_a_fifo() -> None:
    def reader() -> bytes:
        with open("mail", "rb") as stream:
            return stream.read()

    with sandbox() as box:
        os.mkfifo(box.path / "mail")
        job = box.start(reader)
        time.sleep(0.4)
        box.run(_write, "mail", b"hello").returns(None)
        job.wait().returns(b"hello")


@pytest.mark.usefixtures("level")
def test_reboot_clears_objects_in_memory() -> None:
    def make() -> None:
        sysv_ipc.SharedMemory(0x5EED, sysv_ipc.IPC_CREX, size=4096)

    with sandbox() as box:
        record = box.run(make)
        assert [finding.id for finding in record.findings] == ["segment-leaked"]
        box.run(make).raises("ExistentialError")
        box.reboot()
        box.run(make).returns(None)


@pytest.mark.usefixtures("level")
def test_segment_left_behind_is_found_and_removed() -> None:
    def leak() -> None:
        segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=4096)
        segment.detach()

    record = run(leak)
    assert [finding.id for finding in record.findings] == ["segment-leaked"]
    assert record.leaks[0].size == 4096


@pytest.mark.usefixtures("level")
def test_semaphore_and_queue_left_behind_are_found() -> None:
    def leak() -> None:
        sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
        sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)

    record = run(leak)
    assert {finding.id for finding in record.findings} == {"semaphore-leaked"}
    assert {leak.kind for leak in record.leaks} == {"semaphore", "queue"}


@pytest.mark.usefixtures("level")
@pytest.mark.parametrize("forget", [True, False])
def test_posix_queue_is_found_when_it_stays_be_there_a_file_of_it_or_not(forget: bool) -> None:
    name = f"/test-{os.getpid()}"
    key = queues.key_of(name)

    def make() -> None:
        queue = ctypes.CDLL(None).mq_open(name.encode(), os.O_CREAT | os.O_RDWR, 0o600, None)
        assert queue >= 0
        if not forget:
            ctypes.CDLL(None).mq_unlink(name.encode())

    record = run(make)
    assert [leak.key for leak in record.leaks] == ([key] if forget else [])
    assert not queues.is_there(key), "it was removed with the world"


def test_posix_queue_of_somebody_else_is_not_blamed_and_stays(level: str) -> None:
    key = queues.key_of(f"/other-{os.getpid()}")
    name = key.removeprefix(queues.FOLDER.rstrip("/")).encode()

    def use() -> int:
        queue: int = ctypes.CDLL(None).mq_open(name, os.O_CREAT | os.O_RDWR, 0o600, None)
        return queue

    os.close(use())
    try:
        record = run(use)
        found = [leak.key for leak in record.leaks]
        assert found == ([key] if level == isolation.NAMESPACES else [])
        assert queues.is_there(key)
    finally:
        queues.unlink(key)


@pytest.mark.usefixtures("level")
def test_posix_shared_memory_left_behind_is_found() -> None:
    def leak() -> None:
        with open(f"/dev/shm/course-{os.getpid()}", "wb") as stream:
            stream.write(b"x" * 100)

    record = run(leak)
    assert [finding.id for finding in record.findings] == ["segment-leaked"]


def test_objects_of_others_are_neither_blamed_nor_removed(level: str) -> None:
    """Made by another program of this machine while a run goes on."""
    with sandbox() as box:
        job = box.start(_sleep, 0.3)
        segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=4096)
        semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
        file = Path(f"/dev/shm/of-somebody-else-{level}")
        file.write_bytes(b"x")
        try:
            assert job.wait().returns("slept").leaks == ()
        finally:
            box.close()
            segment.detach()
            segment.remove()
            semaphore.remove()
            file.unlink()


@pytest.mark.usefixtures("level")
def test_posix_semaphore_left_behind_is_found() -> None:
    def leak() -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.sem_open.restype = ctypes.c_void_p
        assert libc.sem_open(b"/left-open", os.O_CREAT, 0o600, 1)

    record = run(leak)
    assert [finding.id for finding in record.findings] == ["semaphore-leaked"]
    assert "left-open" in record.leaks[0].name


@pytest.mark.usefixtures("level")
def test_fifo_left_behind_is_found() -> None:
    record = run(lambda: os.mkfifo("mailbox"))
    assert [finding.id for finding in record.findings] == ["fifo-left-behind"]
    assert "mailbox" in record.leaks[0].name


@pytest.mark.usefixtures("level")
def test_everything_that_hides_is_ended_with_its_world() -> None:
    def hide() -> int:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                time.sleep(600)
            os._exit(0)
        os.wait()
        return 1

    record = run(hide)
    assert [finding.id for finding in record.findings] == ["orphan"]


@pytest.mark.usefixtures("level")
def test_killing_everybody_does_not_reach_the_test_run() -> None:
    def rage() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.kill(0, signal.SIGTERM)

    run(rage).returns(None)


def test_namespaces_hide_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    if not all(probe.ok for probe in isolation.probe_namespaces()):
        pytest.skip("namespaces are not available")
    monkeypatch.setenv(isolation.VARIABLE, isolation.NAMESPACES)

    def seen() -> tuple[int, list[str], int]:
        processes = [name for name in os.listdir("/proc") if name.isdigit()]
        interfaces = os.listdir("/proc/sys/net/ipv4/conf")
        return os.getpid(), interfaces, len(processes)

    pid, interfaces, count = run(seen).value
    assert pid < 200
    assert "eth0" not in interfaces
    assert count <= 3


def test_unknown_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(isolation.VARIABLE, "chroot")
    with pytest.raises(UsageError, match="chroot"):
        run(lambda: 1)


def test_process_level_is_chosen_where_namespaces_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(isolation.VARIABLE, raising=False)
    refused = (isolation.Probe("namespaces", False, "unshare: Operation not permitted"),)
    monkeypatch.setattr(isolation, "probe_namespaces", lambda: refused)
    chosen = isolation.current()
    assert chosen.level == isolation.PROCESS
    assert "Operation not permitted" in chosen.reason


def test_package_is_found_whatever_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Modules in the current folder must not shadow the template's own."""
    (tmp_path / "json.py").write_text("raise RuntimeError('shadowed')")
    monkeypatch.chdir(tmp_path)
    run(lambda: 5).returns(5)
