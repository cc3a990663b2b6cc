import os

import sysv_ipc

queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
for _ in range(2):
    if os.fork() == 0:
        message, _ = queue.receive()
        os._exit(0)
queue.send(b"stop")
os.wait()
os.wait()
queue.remove()
