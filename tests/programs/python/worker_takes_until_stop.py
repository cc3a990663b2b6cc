"""A worker that blocks in receive() between messages, which come slowly."""

import os
import time

import sysv_ipc

queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
pid = os.fork()
if pid == 0:
    count = 0
    while queue.receive()[0] != b"stop":
        count += 1
    os._exit(count)
for word in (b"one", b"two", b"stop"):
    time.sleep(0.25)
    queue.send(word)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
queue.remove()
