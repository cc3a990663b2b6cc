"""What is to be given back is written down at once, and done in the opposite order."""

import contextlib

import sysv_ipc


def lend(key, data, visit):
    with contextlib.ExitStack() as stack:
        segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=len(data))
        stack.callback(segment.detach)
        stack.callback(segment.remove)
        with memoryview(segment) as view:
            view[:] = data
        return visit(segment.id)
