import os
import signal
import time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for code in range(4):
    if os.fork() == 0:
        os._exit(code)
time.sleep(0.3)
try:
    os.wait()
except ChildProcessError:
    print("the kernel has reaped them")
