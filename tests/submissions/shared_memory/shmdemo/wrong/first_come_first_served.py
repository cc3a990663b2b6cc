"""First I look whether it is there. If not, I think for a moment and make it.

Explanation: processes failed
"""

import time

import sysv_ipc


def shmdemo(path, text=None):
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    try:
        segment = sysv_ipc.SharedMemory(key)
    except sysv_ipc.ExistentialError:
        time.sleep(0.05)
        segment = sysv_ipc.SharedMemory(
            key, sysv_ipc.IPC_CREX, mode=0o644, size=1024, init_character=b"\0"
        )
    if text is None:
        content = segment.read().partition(b"\0")[0].decode()
        print(f'segment contains: "{content}"')
    else:
        print(f'writing to segment: "{text}"')
        segment.write(text.encode()[: segment.size - 1] + b"\0")
    segment.detach()
