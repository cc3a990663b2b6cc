"""A daemonic worker reads until multiprocessing terminates it, which is what daemonic means."""

import multiprocessing
import time


def worker(connection):
    while True:
        print(connection.recv(), flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=worker, args=(theirs,), daemon=True)
    process.start()
    ours.send("one")
    time.sleep(0.7)
