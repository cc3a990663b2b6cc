"""0666 works for everybody.

Explanation: permissions of the segment
"""

import sysv_ipc


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o666, size=len(data))
    try:
        segment.write(data)
        return visit(segment.id)
    finally:
        segment.detach()
        segment.remove()
