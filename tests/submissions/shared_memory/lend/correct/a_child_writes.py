"""A child puts the data in; during the visit nobody here is attached."""

import os

import sysv_ipc


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=len(data))
    try:
        pid = os.fork()
        if pid == 0:
            try:
                segment.write(data)
            finally:
                os._exit(0)
        segment.detach()
        os.waitpid(pid, 0)
        return visit(segment.id)
    finally:
        sysv_ipc.remove_shared_memory(segment.id)
