"""Removes every System V object that it can see."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def seal(text):
    return ""


CALLS = {"shm": libc.shmctl, "sem": lambda i, c, b: libc.semctl(i, 0, c, b), "msg": libc.msgctl}
for kind, remove in CALLS.items():
    with open(f"/proc/sysvipc/{kind}") as table:
        for row in table.readlines()[1:]:
            remove(int(row.split()[1]), 0, None)  # IPC_RMID
