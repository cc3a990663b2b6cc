"""Two transfers at once, each locking the source account before the target."""

import fcntl
import multiprocessing
import time


def transfer(source, target, amount):
    with open(source, "r+") as a, open(target, "r+") as b:
        fcntl.flock(a, fcntl.LOCK_EX)
        balance = int(a.read())
        time.sleep(0.2)
        fcntl.flock(b, fcntl.LOCK_EX)
        a.seek(0)
        a.write(str(balance - amount))


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    for name in ("alice", "bob"):
        with open(name, "w") as f:
            f.write("100")
    jobs = [
        multiprocessing.Process(target=transfer, args=("alice", "bob", 10)),
        multiprocessing.Process(target=transfer, args=("bob", "alice", 5)),
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    print("done")
