"""The segment has 1,024 bytes.

Explanation: raised ValueError
"""

import sysv_ipc


def shmdemo(path, text=None):
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    segment = sysv_ipc.SharedMemory(key, sysv_ipc.IPC_CREAT, mode=0o644, size=1024)
    if text is None:
        content = segment.read().partition(b"\0")[0].decode()
        print(f'segment contains: "{content}"')
    else:
        print(f'writing to segment: "{text}"')
        segment.write(text.encode()[:1023] + b"\0")
    segment.detach()
