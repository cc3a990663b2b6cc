"""A log that is rotated (truncated) by one process while another one has it mapped."""

import mmap
import multiprocessing
import time


def watcher(path):
    with open(path, "r+b") as f, mmap.mmap(f.fileno(), 0) as view:
        for _ in range(20):
            time.sleep(0.05)
            view[-1]


if __name__ == "__main__":
    with open("app.log", "wb") as f:
        f.write(b"line\n" * 2000)
    p = multiprocessing.get_context("fork").Process(target=watcher, args=("app.log",))
    p.start()
    time.sleep(0.2)
    with open("app.log", "wb") as f:
        f.write(b"new line\n")
    p.join()
    print("watcher ended with", p.exitcode)
