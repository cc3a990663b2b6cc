"""Makes namespaces of its own, and mounts to get at what is hidden or read-only."""

import ctypes
import os

CLONE_NEWNS, CLONE_NEWUSER, MS_REMOUNT, MS_BIND = 0x20000, 0x10000000, 32, 4096
libc = ctypes.CDLL(None, use_errno=True)


def seal(text):
    return ""


def try_to_write(where):
    # Folders below /tmp may be there, but they are the world's own and lead to nothing.
    for path in ("@COURSE@/gradebook.db", "@HOME@/keep.txt", "/usr/bin/env"):
        try:
            os.close(os.open(path, os.O_WRONLY))
            print("UNCON" + f"TAINED: {path} {where}")
        except OSError:
            pass


for flags in (0, CLONE_NEWNS, CLONE_NEWUSER | CLONE_NEWNS):
    if flags and libc.unshare(flags):
        continue
    for folder in (b"/", b"/proc/sys", b"@COURSE@", b"@HOME@"):
        libc.mount(b"none", folder, b"none", MS_REMOUNT | MS_BIND, None)
        libc.umount2(folder, 2)
    try_to_write(f"with {flags:#x}")
