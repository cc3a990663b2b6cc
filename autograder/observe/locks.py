"""Who holds which lock on a file: flock, fcntl and open file description locks alike.

The kernel shows the locks of an open file under each descriptor that leads to it
(/proc/PID/fdinfo/FD, lines "lock:", proc_pid_fdinfo(5)). A lock that was taken before a fork, or
through a shared description, so appears with everybody who could give it back.
"""

from dataclasses import dataclass

from autograder.observe.procfs import read_bytes

WHOLE = (0, 1 << 63)


@dataclass(frozen=True, slots=True)
class HeldLock:
    """One lock: `kind` FLOCK, POSIX or OFDLCK, for writing or reading, bytes [start, end)."""

    kind: str
    writes: bool
    start: int
    end: int

    def hinders(self, kind: str, writes: bool, span: tuple[int, int]) -> bool:
        """Whether somebody else's request must wait for it. flock and fcntl do not see each other,
        POSIX and open file description locks do."""
        same_family = (self.kind == "FLOCK") == (kind == "FLOCK")
        overlaps = self.start < span[1] and span[0] < self.end
        return same_family and overlaps and (writes or self.writes)


def held_locks(pid: int, fd: int) -> tuple[HeldLock, ...]:
    """The locks that are held through descriptor `fd` of `pid`; raises `Vanished`."""
    found = []
    for line in read_bytes(f"/proc/{pid}/fdinfo/{fd}").splitlines():
        if line.startswith(b"lock:"):
            # "lock:  1: FLOCK ADVISORY WRITE 4711 08:01:12 0 EOF"
            fields = line.decode().split()
            if len(fields) >= 9 and fields[2] != "->":
                end = WHOLE[1] if fields[8] == "EOF" else int(fields[8]) + 1
                found.append(HeldLock(fields[2], fields[4] == "WRITE", int(fields[7]), end))
    return tuple(found)
