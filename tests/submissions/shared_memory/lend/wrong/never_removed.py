"""When nobody has it attached any more, the segment is gone.

Finding: segment-leaked
"""

import sysv_ipc


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=len(data))
    segment.write(data)
    try:
        return visit(segment.id)
    finally:
        segment.detach()
