"""The child fails between acquire and release."""

import os

import sysv_ipc

semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
pid = os.fork()
if pid == 0:
    try:
        semaphore.acquire()
        int("not a number")
        semaphore.release()
    except ValueError:
        os._exit(1)
    os._exit(0)
os.waitpid(pid, 0)
semaphore.acquire()
print("in the critical section")
semaphore.release()
semaphore.remove()
