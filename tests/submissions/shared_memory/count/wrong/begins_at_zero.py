"""A new semaphore is free.

Finding: semaphore-never-released
"""

import os

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=8, init_character=b"\0")
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
    semaphore.undo = True
    for _ in range(4):
        if os.fork() == 0:
            try:
                for _ in range(times):
                    with semaphore:
                        value = work(int.from_bytes(segment.read(8), "little"))
                        segment.write(value.to_bytes(8, "little"))
            finally:
                os._exit(0)
    for _ in range(4):
        os.wait()
    result = int.from_bytes(segment.read(8), "little")
    segment.detach()
    segment.remove()
    semaphore.remove()
    return result
