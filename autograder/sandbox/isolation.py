"""How far a world is kept apart on this machine: `namespaces` or `process`.

`namespaces`: fresh user, PID, IPC, mount and network namespaces (namespaces(7)). Ending PID 1
ends everything, and what is left in the world is a leak by definition.
`process`: for machines that forbid user namespaces. Own session, subreaper, resource limits,
private folder; leaks are found by difference and removed.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache

from autograder.errors import UsageError
from autograder.observe.procfs import Vanished, read_syscall
from autograder.sandbox import kernel

VARIABLE = "AUTOGRADER_ISOLATION"
NAMESPACES, PROCESS = "namespaces", "process"
# What a program that means harm can still do at the level `process`.
UNCONTAINED = (
    "read and change this user's files: the gradebook, source/, other students' work",
    "look into this user's processes and end them, the grader among them",
    "use the network, and services of this machine",
    "remove this user's shared memory, semaphores and queues",
)
FLAGS = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWNET
)


@dataclass(frozen=True, slots=True)
class Isolation:
    """The level in force and, in a sentence, why."""

    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing tried on this machine: what, whether it works, what was seen."""

    name: str
    ok: bool
    detail: str


def current() -> Isolation:
    """The level that a new world gets; raises `UsageError` for an unknown or impossible wish."""
    wish = os.environ.get(VARIABLE, "")
    if wish == PROCESS:
        return Isolation(PROCESS, f"asked for by {VARIABLE}")
    if wish not in ("", NAMESPACES):
        raise UsageError(f"{VARIABLE}={wish}: expected '{NAMESPACES}' or '{PROCESS}'")
    failed = [probe for probe in probe_namespaces() if not probe.ok]
    if not failed:
        return Isolation(NAMESPACES, "the strongest level, and it works on this machine")
    why = f"{failed[0].name}: {failed[0].detail}"
    if wish == NAMESPACES:
        raise UsageError(f"{VARIABLE}={NAMESPACES} does not work on this machine ({why})")
    return Isolation(PROCESS, f"namespaces are not available here ({why})")


def probe() -> list[Probe]:
    """Everything the levels depend on, for `autograder doctor`."""
    return [*probe_namespaces(), _probe_observation(), _probe_watching()]


def package_root() -> str:
    """The folder that holds the `autograder` package."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@lru_cache(maxsize=1)
def probe_namespaces() -> tuple[Probe, ...]:
    """Try to make a world in a child process and tell how far it came."""
    if not sys.platform.startswith("linux"):
        return (Probe("namespaces", False, f"{sys.platform} has none"),)
    command = [sys.executable, "-P", "-m", "autograder.sandbox.namespaces"]
    environment = {**os.environ, "PYTHONPATH": package_root()}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    detail = (result.stdout + result.stderr).strip().splitlines()
    ok = result.returncode == 0
    return (Probe("namespaces", ok, detail[-1] if detail else f"exit {result.returncode}"),)


def _probe_watching() -> Probe:
    """Whether processes can be watched in chosen calls (seccomp user notification).

    Whoever installs the filter and has no listener cannot even end: it is killed.
    """
    code = (
        "import os, signal\n"
        "from autograder.sandbox import kernel, seccomp\n"
        "try:\n"
        "    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)\n"
        "    seccomp.install()\n"
        "except Exception as error:\n"
        "    os.write(1, str(error).encode())\n"
        "else:\n"
        "    os.write(1, b'ok')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-P", "-c", code]
    environment = {**os.environ, "PYTHONPATH": package_root()}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.stdout == "ok":
        return Probe("watched calls", True, "processes are seen when they fork, end, map and print")
    why = done.stdout or "not on this system"
    lost = "lost output, private copies, timers and quick zombies are not seen"
    return Probe("watched calls", False, f"{why}: {lost}")


def _probe_observation() -> Probe:
    """Whether blocked calls of one's own child can be read (/proc/PID/syscall)."""
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", "input()"], stdin=subprocess.PIPE)
    try:
        read_syscall(child.pid, child.pid)
    except Vanished as error:
        return Probe("/proc/PID/syscall", False, f"{error} cannot be read: hangs end as time-outs")
    finally:
        child.communicate(b"\n")
    return Probe("/proc/PID/syscall", True, "blocked system calls can be read")
