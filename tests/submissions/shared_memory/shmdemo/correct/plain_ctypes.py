"""The lecture's program, call by call, through ctypes."""

import ctypes
import errno
import os

import sysv_ipc


def shmdemo(path, text=None):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
    libc.shmdt.argtypes = [ctypes.c_void_p]
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    shmid = libc.shmget(key, ctypes.c_size_t(1024), 0o1644)
    if shmid < 0 and ctypes.get_errno() == errno.EINVAL:
        shmid = libc.shmget(key, ctypes.c_size_t(0), 0)  # smaller than that
    if shmid < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    data = libc.shmat(shmid, None, 0)
    if text is None:
        content = ctypes.string_at(data).decode(errors="replace")
        print(f'segment contains: "{content}"')
    else:
        print(f'writing to segment: "{text}"')
        with open("/proc/sysvipc/shm") as table:
            rows = [line.split() for line in table]
        size = next(int(row[3]) for row in rows if row[1] == str(shmid))
        source = text.encode()[: size - 1] + b"\0"
        ctypes.memmove(data, source, len(source))
    libc.shmdt(data)
