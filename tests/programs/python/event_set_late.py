"""Workers wait for a starting signal that comes after a while, then take turns."""

import multiprocessing as mp
import time


def work(event, lock, counter):
    event.wait()
    for _ in range(100):
        with lock:
            counter.value += 1


if __name__ == "__main__":
    ctx = mp.get_context("fork")
    event, lock, counter = ctx.Event(), ctx.Lock(), ctx.Value("i", 0, lock=False)
    workers = [ctx.Process(target=work, args=(event, lock, counter)) for _ in range(3)]
    for w in workers:
        w.start()
    time.sleep(0.6)
    event.set()
    for w in workers:
        w.join()
    print(counter.value)
