"""A full disk and a read-only folder: one clear line, nothing lost, and the same command goes on.

The course lies in a file system of its own, in memory, which only this test sees.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.grading.test_pool import EXPECTED, class_of_four  # noqa: F401 - a fixture

ROOT = Path(__file__).parents[2]
COURSE = "/mnt"
UNSHARE = ("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private")
GRADE = f"{sys.executable} -m autograder.cli grade --jobs 2"


def on_own_disk(course: Path, script: str) -> list[str]:
    """Lines of a shell script, run where the course is all that a small disk holds.

    `grade NAME OPTIONS` grades; its exit code and what it says on standard error come out.
    """
    size = sum(path.stat().st_size for path in course.rglob("*")) // 1024 + 2048
    head = f"""
    set -e
    mount -t tmpfs -o size={size}k tmpfs {COURSE}
    cp -r {course}/. {COURSE}
    cd {COURSE}
    grade() {{ name=$1; shift; {GRADE} "$@" >/dev/null 2>/dev/shm/said-$$ || code=$?
      echo "$name ${{code:-0}} $(cat /dev/shm/said-$$)"; rm /dev/shm/said-$$; code=0; }}
    """
    done = subprocess.run(
        [*UNSHARE, "bash", "-c", head + script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(autouse=True)
def _file_systems_can_be_made() -> None:
    done = subprocess.run([*UNSHARE, "true"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"unavoidable: a small disk needs a mount namespace: {done.stderr.strip()}")


def scores(line: str) -> dict[str, float]:
    found = json.loads(line)["submissions"]
    return {each["student"]: each["score"] for each in found}


def test_full_disk_is_one_line_and_grading_goes_on_when_there_is_room(class_of_four: Any) -> None:  # noqa: F811
    full, first, again, results = on_own_disk(
        class_of_four.course.root,
        f"""
        dd if=/dev/zero of=filler bs=64k 2>/dev/null || true
        grade full
        rm filler
        grade first
        grade again --json /dev/shm/results-$$
        tr -d '\\n' < /dev/shm/results-$$; rm /dev/shm/results-$$
        cd /; umount -l {COURSE}
        """,
    )
    assert full.startswith("full 3 autograder: ")
    assert "No space left on device" in full
    assert first == "first 0 "
    assert again == "again 0 "
    assert scores(results) == EXPECTED


def test_disk_that_fills_up_on_the_way_loses_nothing(class_of_four: Any) -> None:  # noqa: F811
    """Some room is left at first, more each time, until all are graded."""
    *lines, results = on_own_disk(
        class_of_four.course.root,
        f"""
        dd if=/dev/zero of=filler bs=64k 2>/dev/null || true
        for number in 0 1 2 3 4 5 6 7 8 9; do
            truncate -s -$((400 * 1024)) filler 2>/dev/null || rm -f filler
            grade try
        done
        rm -f filler
        grade last --json /dev/shm/results-$$
        tr -d '\\n' < /dev/shm/results-$$; rm /dev/shm/results-$$
        cd /; umount -l {COURSE}
        """,
    )
    assert lines[0].startswith("try 3 "), lines
    for line in lines:
        _, code, said = line.split(" ", 2)
        assert code == "0" or "No space left" in said or "is full" in said, line
    assert scores(results) == EXPECTED


def test_read_only_folder_is_one_line(class_of_four: Any) -> None:  # noqa: F811
    read_only, writable = on_own_disk(
        class_of_four.course.root,
        f"""
        mount -o remount,ro {COURSE}
        grade read-only
        mount -o remount,rw {COURSE}
        grade writable
        cd /; umount -l {COURSE}
        """,
    )
    assert read_only.startswith("read-only 3 autograder: ")
    assert "Read-only file system" in read_only
    assert writable == "writable 0 "


@pytest.mark.parametrize("name", ["gradebook.db", "autograded", "feedback"])
def test_place_that_cannot_be_written_is_named(class_of_four: Any, name: str) -> None:  # noqa: F811
    course = class_of_four.course.root
    if name != "gradebook.db":
        (course / name).mkdir(exist_ok=True)
    line, *_ = on_own_disk(
        course,
        f"""
        mount --bind {name} {name}
        mount -o remount,bind,ro {name}
        grade kept
        umount {name}
        cd /; umount -l {COURSE}
        """,
    )
    assert line.startswith("kept 3 autograder: ")
    assert name in line
    assert shutil.which("unshare")
