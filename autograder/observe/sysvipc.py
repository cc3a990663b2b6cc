"""The kernel's tables of System V objects: /proc/sysvipc (proc_sysvipc(5), sysvipc(7)).

They show the IPC namespace of whoever reads them.
"""

from dataclasses import dataclass

from autograder.observe.procfs import Vanished, read_bytes

_PERMISSIONS, _REMOVED = 0o777, 0o1000


@dataclass(frozen=True, slots=True)
class Segment:
    """One row of /proc/sysvipc/shm. `size` in bytes; `attached` is nattch.

    `removed`: marked for deletion, so that it goes with its last detach; its key is then 0.
    `creator` and `last` are the pids that made it and that attached or detached last.
    """

    id: int
    key: int
    mode: int
    size: int
    attached: int
    removed: bool
    creator: int
    last: int


def segments() -> tuple[Segment, ...]:
    """Every System V shared memory segment there is."""
    return tuple(map(_segment, rows("shm")))


def segment(identity: int) -> Segment | None:
    """The segment with this identifier; None when there is none (any more)."""
    return next((each for each in segments() if each.id == identity), None)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of /proc/sysvipc/`table` (shm, sem or msg) by the names in its first line."""
    try:
        lines = read_bytes(f"/proc/sysvipc/{table}").decode().splitlines()
    except Vanished:
        return []
    names = lines[0].split() if lines else []
    return [dict(zip(names, line.split(), strict=False)) for line in lines[1:]]


def _segment(row: dict[str, str]) -> Segment:
    permissions = int(row["perms"], 8)
    return Segment(
        id=int(row["shmid"]),
        key=int(row["key"]) & 0xFFFFFFFF,
        mode=permissions & _PERMISSIONS,
        size=int(row["size"]),
        attached=int(row["nattch"]),
        removed=bool(permissions & _REMOVED),
        creator=int(row["cpid"]),
        last=int(row["lpid"]),
    )
