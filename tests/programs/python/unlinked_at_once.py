"""A System V segment that two processes share and the parent removes, whatever happens."""

import os

import sysv_ipc

memory = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=100)
try:
    if os.fork() == 0:
        memory.write(b"seven")
        os._exit(0)
    os.wait()
    print(memory.read(5).decode())
finally:
    memory.detach()
    memory.remove()
