"""The file system of a closed world: the Python installation and its own folders, nothing else.

PID 1 of the world builds a new root in memory, binds into it, read-only, what programs and Python
need to run, and its scratch folders, which stay writable, and makes it the root (pivot_root(2)).
No home, no gradebook, no source/, nobody else's work is left to be named: the old root is not
mounted anywhere in this mount namespace any more.
"""

import contextlib
import os
import sys

from autograder.sandbox import kernel
from autograder.sandbox.isolation import package_root

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# What the C library and usual programs look up; no passwords, no keys, no settings of services.
_SETTINGS = (
    "alternatives", "group", "hosts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime",
    "magic", "mime.types", "nsswitch.conf", "passwd", "protocols", "services", "timezone",
)  # fmt: skip
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_LINKS = {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
# What a mount forbids, a user namespace cannot allow again: its flags are kept.
_KEPT = {
    os.ST_NOSUID: kernel.MS_NOSUID,
    os.ST_NODEV: kernel.MS_NODEV,
    os.ST_NOEXEC: kernel.MS_NOEXEC,
    os.ST_NOATIME: kernel.MS_NOATIME,
    os.ST_NODIRATIME: kernel.MS_NODIRATIME,
    os.ST_RELATIME: kernel.MS_RELATIME,
}
_BIND = kernel.MS_BIND | kernel.MS_REC


def close(scratch: list[str]) -> None:
    """Make the new root, with the folders `scratch` writable in their places. Raises OSError.

    Runs as PID 1 of a fresh mount namespace, before any student code, and leaves /proc, /tmp,
    /dev/shm and /dev/mqueue there to be mounted.
    """
    root = "/tmp"
    handles = {path: _handle(path) for path in [*scratch, *shown()] if os.path.isdir(path)}
    files = {path: _handle(path) for path in _files() if os.path.exists(path)}
    kernel.mount("tmpfs", root, "tmpfs", kernel.MS_NOSUID, "size=16m,mode=0755")
    for path in ("/proc", "/tmp", "/run", "/var/tmp", "/dev/shm", "/dev/mqueue"):
        os.makedirs(root + path, exist_ok=True)
    for path, handle in handles.items():
        os.makedirs(root + path, exist_ok=True)
        _bind(handle, root + path, writable=path in scratch)
    for path, handle in files.items():
        _make_file(root + path)
        _bind(handle, root + path, writable=path.startswith("/dev/"))
    for path in _SYSTEM:
        if os.path.islink(path):
            os.symlink(os.readlink(path), root + path)
    for name, target in _LINKS.items():
        os.symlink(target, f"{root}/dev/{name}")
    _enter(root)


def shown() -> list[str]:
    """Folders to be seen, outermost first, none inside another."""
    package = os.path.join(package_root(), "autograder")
    wanted = [path for path in _SYSTEM if not os.path.islink(path)]
    wanted += [sys.prefix, sys.base_prefix, sys.exec_prefix, package]
    wanted += [path for path in sys.path if path.endswith(("-packages", "lib-dynload"))]
    wanted += [f"/etc/{name}" for name in _SETTINGS if os.path.isdir(f"/etc/{name}")]
    chosen: list[str] = []
    for path in sorted({*wanted, *map(os.path.realpath, wanted)}):
        if not any(path.startswith(f"{outer}/") for outer in chosen):
            chosen.append(path)
    return chosen


def _files() -> list[str]:
    settings = [f"/etc/{name}" for name in _SETTINGS if not os.path.isdir(f"/etc/{name}")]
    return settings + [f"/dev/{name}" for name in _DEVICES]


def _handle(path: str) -> int:
    return os.open(path, os.O_PATH | os.O_CLOEXEC)


def _bind(handle: int, place: str, writable: bool) -> None:
    kernel.mount(f"/proc/self/fd/{handle}", place, "none", _BIND)
    os.close(handle)
    if not writable:
        given = os.statvfs(place).f_flag
        kept = sum(flag for bit, flag in _KEPT.items() if given & bit)
        flags = kernel.MS_BIND | kernel.MS_REMOUNT | kernel.MS_RDONLY | kept
        kernel.mount("none", place, "none", flags)


def _make_file(path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o444))


def _enter(root: str) -> None:
    """Make `root` the root, and let the old one go."""
    kernel.mount("/proc", f"{root}/proc", "none", _BIND)
    os.chdir(root)
    kernel.pivot_root(".", ".")  # the old root now lies over the new one
    kernel.umount(".", kernel.MNT_DETACH)
    os.chdir("/")
