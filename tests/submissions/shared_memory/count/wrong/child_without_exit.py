"""The worker's loop ends, so the worker ends.

Finding: child-ran-on
"""

import os

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=8, init_character=b"\0")
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
    semaphore.undo = True
    children = []
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            for _ in range(times):
                with semaphore:
                    value = work(int.from_bytes(segment.read(8), "little"))
                    segment.write(value.to_bytes(8, "little"))
            return None
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)
    result = int.from_bytes(segment.read(8), "little")
    segment.detach()
    segment.remove()
    semaphore.remove()
    return result
