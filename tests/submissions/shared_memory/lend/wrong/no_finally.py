"""First the visit, then I tidy up.

Finding: segment-leaked
"""

import sysv_ipc


def lend(key, data, visit):
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREX, mode=0o600, size=len(data))
    segment.write(data)
    result = visit(segment.id)
    segment.detach()
    segment.remove()
    return result
