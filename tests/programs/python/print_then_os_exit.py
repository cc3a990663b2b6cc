import os

for name in ("one", "two"):
    pid = os.fork()
    if pid == 0:
        print("worker", name, "reports")
        os._exit(0)
    os.waitpid(pid, 0)
