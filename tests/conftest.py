"""What all tests share: both isolation levels, and proof that a test leaves nothing behind."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.observe.ledger import ipc_objects
from autograder.observe.procfs import Vanished, command_line, descendants_of
from autograder.sandbox import isolation, judge

SETTLE_SECONDS = 2.0
LEVELS = (isolation.NAMESPACES, isolation.PROCESS)


@pytest.fixture(scope="session", autouse=True)
def _own_temporary_folder() -> Iterator[None]:
    """Give this test run, and every kernel it starts, a temporary folder of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="tests-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_commands() -> Iterator[None]:
    """Let the commands beside this interpreter come first, as `make` does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        yield


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test once at each isolation level; one that this machine forbids is skipped."""
    wanted = str(request.param)
    if wanted == isolation.NAMESPACES:
        failed = [probe for probe in isolation.probe_namespaces() if not probe.ok]
        if failed:
            pytest.skip(f"namespaces are not available: {failed[0].detail}")
    monkeypatch.setenv(isolation.VARIABLE, wanted)
    return wanted


@pytest.fixture(scope="session")
def _template(_own_temporary_folder: None) -> None:
    """Start the template, whose descriptors stay open for the whole test run."""
    judge.template()


@pytest.fixture(autouse=True)
def _leaves_nothing(_template: None) -> Iterator[None]:
    """Fail a test that leaves a process, an IPC object, a descriptor or a temporary folder."""
    before = _traces()
    yield
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        left = {kind: sorted(items - before[kind]) for kind, items in _traces().items()}
        # An ended init stays a zombie until the template has come round to reap it.
        if not any(left.values()) or time.monotonic() > deadline:
            break
        time.sleep(0.01)
    assert not any(left.values()), f"the test left behind: {left}"


def _traces() -> dict[str, set[str]]:
    folders = Path(tempfile.gettempdir()).glob("autograder-*")
    return {
        "processes": set(_own_processes()),
        "objects": {item.key for item in ipc_objects()},
        "folders": {str(path) for path in folders},
        "descriptors": {f"{fd}" for fd in os.listdir("/proc/self/fd")},
    }


def _own_processes() -> Iterator[str]:
    """Descendants of the test run, but for the template, which serves all tests."""
    for pid in descendants_of(os.getpid()):
        try:
            command = " ".join(command_line(pid))
        except Vanished:
            continue
        if "autograder.sandbox.template" not in command:
            yield f"{pid}: {command or 'zombie'}"
