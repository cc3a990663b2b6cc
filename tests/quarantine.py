"""A small machine of its own, in which a class with hostile submissions is graded.

unshare(1) makes fresh user, mount, PID, IPC and network namespaces; there this file runs as PID 1.
It makes everything read-only but a few empty file systems, copies the course into one of them,
lets `autograder grade` work, and reports what it finds then: processes, IPC objects and files
that should not be there, secrets that came out, marks. Whatever the grader fails to contain is
contained here: nothing of it uses the grader's own isolation.

`grade` is the outside; `python quarantine.py COURSE LEVEL SECONDS` the inside.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
COURSE, HOME, PORT = "/tmp/course", "/tmp/home", 47474
ANSWER = (
    "def seal(text):\n    import hashlib\n"
    "    return hashlib.sha256(f'{text[::-1]}|lecture'.encode()).hexdigest()\n"
)
SECRETS = {
    "the hidden check's input": "hidden-input-5d1f",
    "the hidden check's value": hashlib.sha256(b"f1d5-tupni-neddih|lecture").hexdigest(),
    "the TA's environment": "secret-in-the-environment",
    "the TA's home": "secret-in-the-home",
}
UNCONTAINED = "UNCONTAINED"
SETTLE_SECONDS = 5.0
_UNSHARE = (
    "unshare", "--user", "--map-root-user", "--mount", "--pid", "--ipc", "--net", "--fork",
    "--kill-child", "--mount-proc",
)  # fmt: skip
_EMPTY = {"/tmp": "2g", "/var/tmp": "1g", "/dev/shm": "1g"}
_KEY = 0x1DEA  # of a segment that belongs to somebody else
# What grading itself writes; all else that is new or changed was planted.
_OWN_FILES = re.compile(
    rf"{COURSE}/(gradebook\.db(-journal)?|results\.json|\.nbgrader\.log"
    r"|\.autograder/(checks\.db(-journal)?|grade\.log|lock|results/t/[\w-]+\.json)"
    r"|(feedback|autograded)/[\w-]+/t/(t\.html|t\.ipynb|timestamp\.txt)"
    r"|reports/t\.(html|csv))"
    rf"|{HOME}/\.ipython/(README|profile_default/(history\.sqlite(-journal)?|startup/README))"
    rf"|{HOME}/\.jupyter/migrated"
    rf"|{HOME}/\.local/share/jupyter/(runtime/.*|nbsignatures.*|notebook_secret)"
)


@dataclass
class Report:
    """What a grading came to. `exit_code` is None when it had to be ended, after `said`."""

    exit_code: int | None = None
    said: str = ""
    results: dict[str, dict[str, Any]] = field(default_factory=dict)  # by student
    marks: dict[str, float] = field(default_factory=dict)  # by student, from the gradebook
    leaks: dict[str, list[str]] = field(default_factory=dict)  # by student
    processes: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def missing() -> str:
    """Why there can be no quarantine on this machine; empty where there can."""
    try:
        done = subprocess.run([*_UNSHARE, "true"], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return "" if done.returncode == 0 else done.stderr.strip()


def grade(course: Path, level: str, seconds: float) -> Report:
    """Grade a copy of `course` at an isolation level; one that takes `seconds` is hung."""
    command = [*_UNSHARE, sys.executable, __file__, str(course), level, str(seconds)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"the quarantine itself failed: {done.stderr}"
    return Report(**json.loads(done.stdout))


def _inside(course: str, level: str, seconds: float) -> Report:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _furnish(course)
    _serve()
    files, objects = _files(), _objects()
    report = Report()
    report.exit_code, report.said = _graded(level, seconds)
    report.processes = _left()
    report.objects = sorted(objects ^ _objects())
    report.files = _changes(files, _files())
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(Path(COURSE, "results.json").read_text(encoding="utf-8"))
        report.results = {each["student"]: each for each in found["submissions"]}
    report.marks = _marks()
    for student in os.listdir(f"{COURSE}/submitted"):
        report.leaks[student] = sorted(set(_leaks(student)))
    return report


def _furnish(course: str) -> None:
    """Read-only but for empty file systems; the course, and the TA's home, in one of them."""
    original = os.open(course, os.O_PATH | os.O_DIRECTORY)
    programs = {path: os.open(path, os.O_PATH) for path in {str(ROOT), sys.prefix, sys.base_prefix}}
    for folder, size in _EMPTY.items():
        _mount("-t", "tmpfs", "-o", f"size={size},mode=1777", "tmpfs", folder)
    if os.path.isdir("/dev/mqueue"):
        _mount("-t", "mqueue", "mqueue", "/dev/mqueue")
    for path, handle in programs.items():
        if path.startswith(tuple(f"{folder}/" for folder in _EMPTY)):  # hidden just now
            os.makedirs(path, exist_ok=True)
            _mount("--no-canonicalize", "--bind", f"/proc/{os.getpid()}/fd/{handle}", path)
        os.close(handle)
    with open("/proc/self/mounts") as mounts:
        places = [line.split()[1] for line in mounts]
    for place in places:
        if place not in _EMPTY and not place.startswith(("/proc", "/sys", "/dev")):
            # A mount that hides another, or that is read-only already, refuses: `access` decides.
            command = ["mount", "-o", "remount,bind,ro", place]
            subprocess.run(command, stderr=subprocess.DEVNULL, check=False)
    assert os.path.isdir(ROOT / "autograder")
    assert not os.access(ROOT, os.W_OK), f"{ROOT} can still be written to"
    shutil.copytree(f"/proc/self/fd/{original}", COURSE)
    os.close(original)
    os.mkdir(HOME)
    Path(HOME, "keep.txt").write_text("secret-in-the-home\n")
    Path("/dev/shm/keep").write_text("somebody's\n")
    segment = ctypes.CDLL(None, use_errno=True).shmget(_KEY, 4096, 0o1600)
    assert segment >= 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # `lo`, netdevice(7)
        fcntl.ioctl(probe, 0x8914, struct.pack("=16sh14x", b"lo", 0x1))


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def _serve() -> None:
    """Two services of this machine that would give the answer away."""
    network = socket.create_server(("127.0.0.1", PORT))
    local = socket.socket(socket.AF_UNIX)
    local.bind(f"\0course-service-{PORT}")
    local.listen()
    for listener in (network, local):
        threading.Thread(target=_answer, args=(listener,), daemon=True).start()


def _answer(listener: socket.socket) -> None:
    while True:
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(ANSWER.encode())


def _graded(level: str, seconds: float) -> tuple[int | None, str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG")},
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "HOME": HOME,
        "AUTOGRADER_ISOLATION": level, "COURSE_SECRET": "secret-in-the-environment",
    }  # fmt: skip
    command = [sys.executable, "-m", "autograder.cli", "grade", "--json", "results.json"]
    # A file, not a pipe: whatever outlives the grader would hold the pipe open.
    with open("/dev/shm/said", "w+", errors="replace") as said:
        grader = subprocess.Popen(
            command, cwd=COURSE, env=environment, stdin=subprocess.DEVNULL, stdout=said,
            stderr=said, start_new_session=True,
        )  # fmt: skip
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = grader.wait(seconds)
        if code is None:
            os.kill(grader.pid, signal.SIGKILL)
            grader.wait()
        said.seek(0)
        text = said.read()
    os.unlink("/dev/shm/said")
    return code, text[-5000:]


def _left() -> list[str]:
    """Processes that are still there when all that was going to end has ended."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        left = list(_others())
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _others() -> Iterator[str]:
    for pid in map(int, filter(str.isdecimal, os.listdir("/proc"))):
        with contextlib.suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if pid != os.getpid() and state not in "ZX":
                yield f"{state} {command}"


def _objects() -> set[str]:
    """SysV objects by kind and key, POSIX queues by name."""
    found = set()
    for kind in ("shm", "sem", "msg"):
        for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
            found.add(f"{kind} {int(line.split()[0]):#x}")
    if os.path.isdir("/dev/mqueue"):
        found |= {f"queue {name}" for name in os.listdir("/dev/mqueue")}
    return found


def _files() -> dict[str, str]:
    """Every path below the writable folders, with what it is and a digest of its content."""
    found = {}
    for top in _EMPTY:
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if not os.path.ismount(f"{folder}/{name}")]
            for path in (os.path.join(folder, name) for name in (*folders, *names)):
                with contextlib.suppress(FileNotFoundError):
                    content = _content(path)
                    if content:
                        found[path] = content
    return found


def _changes(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What is new, other or gone, but for what grading writes and copies of what was handed in."""
    told = [f"removed: {path}" for path in before.keys() - after.keys()]
    for path, content in after.items():
        original = re.sub(rf"^{COURSE}/(autograded|feedback)/", f"{COURSE}/submitted/", path)
        if content in (before.get(path), before.get(original)) or _OWN_FILES.fullmatch(path):
            continue
        told.append(f"{'changed' if path in before else 'planted'}: {path}")
    return sorted(told)


def _content(path: str) -> str:
    """Kind and digest; empty for a folder, which counts by what is in it."""
    mode = os.lstat(path).st_mode
    if stat.S_ISDIR(mode):
        return ""
    if not stat.S_ISREG(mode):
        return f"{stat.S_IFMT(mode):o}"
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while data := file.read(1 << 20):
            digest.update(data)
    return digest.hexdigest()


def _marks() -> dict[str, float]:
    """Points by student, read from the gradebook without its own library."""
    query = (
        "SELECT student_id, SUM(COALESCE(manual_score, auto_score)) FROM grade"
        " JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id"
        " JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id"
        " GROUP BY student_id"
    )
    path = f"{COURSE}/gradebook.db"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as book:
        return dict(book.execute(query))
    return {}


def _leaks(student: str) -> Iterator[str]:
    """Secrets in what the student gets back, and words of an attack that worked."""
    for path in Path(COURSE, "feedback", student).rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            yield from (f"{name}, in the feedback" for name in _told(text))
    for hidden, text in _outputs(Path(COURSE, "autograded", student, "t", "t.ipynb")):
        if UNCONTAINED in text:
            yield re.search(rf"{UNCONTAINED}[^\"\\]*", text)[0]  # type: ignore[index]
        if not hidden:  # a hidden check's own output is for the TA alone
            yield from (f"{name}, in an output" for name in _told(text))


def _told(text: str) -> list[str]:
    return [name for name, word in SECRETS.items() if word in text]


def _outputs(notebook: Path) -> Iterator[tuple[bool, str]]:
    """Of each cell with outputs: whether it is the hidden check, and the outputs as text."""
    with contextlib.suppress(OSError, ValueError):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            grading = cell["metadata"].get("nbgrader", {})
            yield grading.get("grade_id") == "seal-hidden", json.dumps(cell.get("outputs", []))


if __name__ == "__main__":
    made = _inside(sys.argv[1], sys.argv[2], float(sys.argv[3]))
    print(json.dumps(asdict(made)))
