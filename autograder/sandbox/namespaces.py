"""Entering fresh namespaces, and what a world's file system looks like from inside.

Two steps, because a PID namespace takes in children only: `enter` unshares in a short-lived
opener, `furnish` mounts in the opener's child, which is PID 1. Each world has its own /proc,
/tmp, /dev/shm and /dev/mqueue; folders that must stay reachable below /tmp are bound back.
"""

import contextlib
import os
import sys

from autograder.sandbox import jail, kernel
from autograder.sandbox.isolation import FLAGS

_LEAST_PID_MAX = 4096
_RESERVED_PIDS = 300  # numbers below are not given out again
_FIRST_PID = 100
_PRIVATE = kernel.MS_NOSUID | kernel.MS_NODEV


def enter(private: bool = True) -> None:
    """Unshare, the network too in a `private` world; files keep their owner.

    The user is mapped to itself (user_namespaces(7)).
    """
    user, group = os.geteuid(), os.getegid()
    kernel.unshare(FLAGS if private else FLAGS & ~kernel.CLONE_NEWNET)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def furnish(keep: list[str] | None, most_processes: int, scratch: list[str] | None = None) -> None:
    """Mount the world's own file systems. Runs as PID 1, before any student code.

    `keep` are folders that stay visible although they lie below /tmp; None leaves /tmp as it is.
    With `scratch` the world is closed: see `jail`.
    """
    kernel.mount("none", "/", "none", kernel.MS_REC | kernel.MS_PRIVATE)
    if scratch is not None:
        jail.close(scratch)
        keep = [*scratch, *jail.shown()]  # Python may be installed below /tmp
    kernel.mount("proc", "/proc", "proc", _PRIVATE | kernel.MS_NOEXEC)
    if keep is not None:
        _empty_tmp(keep)
    kernel.mount("tmpfs", "/dev/shm", "tmpfs", _PRIVATE, "size=256m,mode=1777")
    if os.path.isdir("/dev/mqueue"):
        kernel.mount("mqueue", "/dev/mqueue", "mqueue", _PRIVATE)
    with contextlib.suppress(OSError):
        kernel.loopback_up()
    with contextlib.suppress(OSError):
        # Small pids would be mistaken for descriptors, by readers and by explanations alike.
        _write("/proc/sys/kernel/ns_last_pid", str(_FIRST_PID - 1))
    if _kernel_version() >= (6, 14):
        # Each PID namespace has its own limit since then; before, this would be the machine's.
        with contextlib.suppress(OSError):
            most = max(_LEAST_PID_MAX, _RESERVED_PIDS + 2 * most_processes)
            _write("/proc/sys/kernel/pid_max", str(most))
    kernel.mount("/proc/sys", "/proc/sys", "none", kernel.MS_BIND | kernel.MS_REC)
    read_only = kernel.MS_BIND | kernel.MS_REMOUNT | kernel.MS_RDONLY
    kernel.mount("none", "/proc/sys", "none", read_only | _PRIVATE | kernel.MS_NOEXEC)


def _empty_tmp(keep: list[str]) -> None:
    """A /tmp of the world's own, with the folders `keep` bound back into their places."""
    handles = {path: os.open(path, os.O_PATH | os.O_CLOEXEC) for path in _below_tmp(keep)}
    kernel.mount("tmpfs", "/tmp", "tmpfs", _PRIVATE, "size=256m,mode=1777")
    for path, handle in handles.items():
        os.makedirs(path, exist_ok=True)
        flags = kernel.MS_BIND | kernel.MS_REC
        kernel.mount(f"/proc/self/fd/{handle}", path, "none", flags)
        os.close(handle)


def _kernel_version() -> tuple[int, int]:
    major, minor = os.uname().release.split(".")[:2]
    return int(major), int("".join(filter(str.isdigit, minor)) or 0)


def _below_tmp(paths: list[str]) -> list[str]:
    """Existing folders below /tmp, outermost first, none inside another."""
    chosen: list[str] = []
    for path in sorted({os.path.realpath(path) for path in paths}):
        covered = any(path.startswith(outer + "/") for outer in chosen)
        if path.startswith("/tmp/") and os.path.isdir(path) and not covered:
            chosen.append(path)
    return chosen


def _write(path: str, text: str) -> None:
    with open(path, "w") as stream:
        stream.write(text)


def _try() -> int:
    """Make a world and end it at once; the exit status says whether it worked."""
    try:
        enter()
        child = os.fork()
    except OSError as error:
        print(error)
        return 1
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        furnish([], 512)
    except OSError as error:
        os.write(1, f"{error}\n".encode())
        os._exit(1)
    os.write(1, b"user, PID, IPC, mount and network namespaces can be made\n")
    os._exit(0)


if __name__ == "__main__":
    sys.exit(_try())
