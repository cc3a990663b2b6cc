"""What one run may use, and the kernel's limits that hold it (getrlimit(2))."""

import contextlib
import fcntl
import os
import resource
from dataclasses import asdict, dataclass

MIB = 1 << 20
UNLIMITED = 1 << 62
_NPROC_MARGIN = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run. Memory, files and output in bytes; CPU in seconds per process.

    `memory` and `file_size` bound one process and one file, `total_memory` and `disk` all of the
    world's. `processes` bounds the processes alive at once, `open_files` the descriptors of one.
    """

    cpu: int = 30
    memory: int = 1024 * MIB
    total_memory: int = 2048 * MIB
    file_size: int = 64 * MIB
    disk: int = 256 * MIB
    output: int = 4 * MIB
    processes: int = 512
    open_files: int = 1024

    def as_plain(self) -> dict[str, int]:
        """Plain data for a message."""
        return asdict(self)


def inherited(processes: int) -> Limits:
    """The limits that this process, and whatever it starts, is under already (ulimit)."""

    def limit(which: int) -> int:
        soft, _ = resource.getrlimit(which)
        return UNLIMITED if soft == resource.RLIM_INFINITY else soft

    return Limits(
        cpu=limit(resource.RLIMIT_CPU),
        memory=limit(resource.RLIMIT_AS),
        total_memory=UNLIMITED,
        file_size=limit(resource.RLIMIT_FSIZE),
        disk=UNLIMITED,
        output=UNLIMITED,
        processes=processes,
        open_files=limit(resource.RLIMIT_NOFILE),
    )


def apply(limits: Limits, own_user: bool) -> None:
    """Set the limits of this process, for good: the hard limits too.

    `own_user` tells whether processes are counted for this world alone (a user namespace);
    elsewhere RLIMIT_NPROC would count every process of the user, and is left alone.
    """
    _lower(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_FSIZE, limits.file_size)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    if own_user:
        # A little above the limit itself: the judge counts, and must see it exceeded.
        _lower(resource.RLIMIT_NPROC, limits.processes + _NPROC_MARGIN)


def _lower(which: int, soft: int, hard: int | None = None) -> None:
    _, ceiling = resource.getrlimit(which)
    wanted = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, wanted = min(soft, ceiling), min(wanted, ceiling)
    resource.setrlimit(which, (soft, wanted))


def lift_descriptors(fds: list[int], above: int) -> list[int]:
    """Move our private descriptors to numbers from `above` on, out of the student's way.

    A later, lower RLIMIT_NOFILE leaves them open, and `os.closerange(3, SC_OPEN_MAX)` stops
    below them. Where the hard limit is too small they go as high as it allows.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    room = above + len(fds)
    if soft < room:
        ceiling = room if hard == resource.RLIM_INFINITY else min(room, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
        soft = ceiling
    start = max(3, min(above, soft - len(fds)))
    lifted = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, start) for fd in fds]
    for fd in fds:
        os.close(fd)
    return lifted
