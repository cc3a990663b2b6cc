"""remove() removes it at once.

Explanation: marked for deletion
"""

import sysv_ipc

keep = []


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=len(data))
    try:
        segment.write(data)
        return visit(segment.id)
    finally:
        segment.remove()
