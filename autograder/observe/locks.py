"""Who holds a lock on a file: /proc/locks (proc_locks(5)), for flock and fcntl locks alike."""

import os

from autograder.observe.procfs import Vanished, read_bytes


def lock_holders(pid: int, fd: int) -> frozenset[int]:
    """The processes that hold a lock on the file behind a descriptor of process `pid`.

    Pids are the reader's own; for a lock taken before a fork it is the process that took it.
    """
    try:
        info = os.stat(f"/proc/{pid}/fd/{fd}")
        lines = read_bytes("/proc/locks").decode().splitlines()
    except (OSError, Vanished):
        return frozenset()
    wanted = f"{os.major(info.st_dev):02x}:{os.minor(info.st_dev):02x}:{info.st_ino}"
    holders = set()
    for line in lines:
        fields = line.split()
        # "1: FLOCK ADVISORY WRITE 4711 08:01:12 0 EOF"; a waiter has "->" behind the number.
        if len(fields) >= 8 and fields[1] != "->" and fields[5] == wanted:
            holders.add(int(fields[4]))
    return frozenset(holders - {-1, 0})
