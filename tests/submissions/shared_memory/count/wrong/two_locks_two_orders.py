"""One semaphore for the counter, one for the number of updates; who is even begins there.

Finding: lock-order-deadlock
"""

import os

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=16, init_character=b"\0")
    counter = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
    updates = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
    counter.undo = updates.undo = True
    workers = []
    for number in range(4):
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                for _ in range(times):
                    first, second = (counter, updates) if number % 2 else (updates, counter)
                    with first, second:
                        value = work(int.from_bytes(segment.read(8), "little"))
                        done = int.from_bytes(segment.read(8, 8), "little") + 1
                        segment.write(value.to_bytes(8, "little") + done.to_bytes(8, "little"))
                status = 0
            finally:
                os._exit(status)
        workers.append(pid)
    for pid in workers:
        os.waitpid(pid, 0)
    result = int.from_bytes(segment.read(8), "little")
    counter.remove()
    updates.remove()
    segment.detach()
    segment.remove()
    return result
