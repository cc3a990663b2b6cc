"""The calls of the C library, without any module for them."""

import ctypes
import os

import sysv_ipc

libc = "libc.so.6"


def lend(key, data, visit):
    c = ctypes.CDLL(None, use_errno=True)
    c.shmat.restype = ctypes.c_void_p
    c.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
    c.shmdt.argtypes = [ctypes.c_void_p]
    identifier = c.shmget(key, ctypes.c_size_t(len(data)), 0o3600)
    if identifier < 0:
        raise sysv_ipc.ExistentialError(os.strerror(ctypes.get_errno()))
    try:
        address = c.shmat(identifier, None, 0)
        ctypes.memmove(address, data, len(data))
        c.shmdt(address)
        return visit(identifier)
    finally:
        c.shmctl(identifier, 0, None)
