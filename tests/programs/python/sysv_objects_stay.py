import sysv_ipc

semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
with semaphore:
    queue.send(b"hello")
print("sent")
