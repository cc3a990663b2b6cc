"""Try to be the one who makes it; if another one was faster, use his."""

import sysv_ipc


def shmdemo(path, text=None):
    key = sysv_ipc.ftok(path, ord("R"), silence_warning=True)
    try:
        segment = sysv_ipc.SharedMemory(
            key, sysv_ipc.IPC_CREX, mode=0o644, size=1024, init_character=b"\0"
        )
    except sysv_ipc.ExistentialError:
        segment = sysv_ipc.SharedMemory(key)
    try:
        with memoryview(segment) as view:
            if text is None:
                content = bytes(view).split(b"\0")[0].decode(errors="replace")
                print("segment contains:", f'"{content}"')
            else:
                print("writing to segment:", f'"{text}"')
                room = len(view)
                view[:] = text.encode()[: room - 1].ljust(room, b"\0")
    finally:
        segment.detach()
