"""IPC_CREAT makes the segment, as in the lecture.

Explanation: what happens when the key is taken
"""

import sysv_ipc


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREAT, mode=0o600, size=len(data))
    try:
        segment.write(data)
        return visit(segment.id)
    finally:
        segment.detach()
        segment.remove()
