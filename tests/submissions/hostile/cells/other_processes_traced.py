"""Attaches to every other process as a debugger does (ptrace(2))."""

import ctypes
import os

PTRACE_SEIZE, PTRACE_DETACH = 0x4206, 17
libc = ctypes.CDLL(None, use_errno=True)


def seal(text):
    return ""


for pid in filter(str.isdecimal, os.listdir("/proc")):
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        command = file.read()
    if int(pid) != os.getpid() and libc.ptrace(PTRACE_SEIZE, int(pid), 0, 0) == 0:
        libc.ptrace(PTRACE_DETACH, int(pid), 0, 0)
        if b"autograder" in command and b"template" not in command:
            print("UNCON" + f"TAINED: traced {command!r}")
