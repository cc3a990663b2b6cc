"""Memory comes in pages anyway.

Explanation: size of the segment in the kernel's table
"""

import sysv_ipc


def lend(key, data, visit):
    pages = len(data) // sysv_ipc.PAGE_SIZE + 1
    size = pages * sysv_ipc.PAGE_SIZE
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=size)
    try:
        segment.write(data)
        return visit(segment.id)
    finally:
        segment.detach()
        segment.remove()
