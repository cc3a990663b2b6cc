"""What check cells ask of segments."""

from pathlib import Path

import pytest
import sysv_ipc

from autograder.checks.segments import contents, segment_of, taken


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "file").touch()
    return str(tmp_path / "file")


def test_no_segment_belongs_to_a_new_file(path: str) -> None:
    assert segment_of(path) is None
    assert taken(path) is None


def test_segment_of_a_file_is_read_and_removed(path: str) -> None:
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    made = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, size=3)
    made.write(b"abc")
    made.detach()
    row = segment_of(path)
    assert row is not None
    assert (row.id, row.attached) == (made.id, 0)
    assert contents(made.id) == b"abc"
    assert segment_of(path) == row
    assert taken(path) == b"abc"
    assert segment_of(path) is None
