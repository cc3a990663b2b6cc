"""If only one works at a time, no lock is needed.

Explanation: the four workers are there at the same time
"""

import os

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=8, init_character=b"\0")
    for _ in range(4):
        pid = os.fork()
        if pid == 0:
            try:
                for _ in range(times):
                    value = work(int.from_bytes(segment.read(8), "little"))
                    segment.write(value.to_bytes(8, "little"))
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
    result = int.from_bytes(segment.read(8), "little")
    segment.detach()
    segment.remove()
    return result
