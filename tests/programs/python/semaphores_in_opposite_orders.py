import os
import time

import sysv_ipc

tape = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)
disk = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX, initial_value=1)

if os.fork() == 0:
    tape.acquire()
    time.sleep(0.2)
    disk.acquire()
    disk.release()
    tape.release()
    os._exit(0)

disk.acquire()
time.sleep(0.2)
tape.acquire()
tape.release()
disk.release()
os.wait()
tape.remove()
disk.remove()
