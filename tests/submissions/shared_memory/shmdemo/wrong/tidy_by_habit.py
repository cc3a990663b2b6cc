"""I leave nothing behind.

Explanation: segment contains: ""
"""

import sysv_ipc


def shmdemo(path, text=None):
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    try:
        segment = sysv_ipc.SharedMemory(key)
    except sysv_ipc.ExistentialError:
        segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREAT, mode=0o644, size=1024)
    if text is None:
        content = segment.read().partition(b"\0")[0].decode()
        print(f'segment contains: "{content}"')
    else:
        print(f'writing to segment: "{text}"')
        segment.write(text.encode()[: segment.size - 1] + b"\0")
    segment.detach()
    segment.remove()
