"""multiprocessing: the worker receives until EOFError, which needs the parent to close."""

import multiprocessing as mp


def worker(receiver, sender):
    sender.close()
    total = 0
    try:
        while True:
            total += receiver.recv()
    except EOFError:
        print(total, flush=True)


if __name__ == "__main__":
    mp.set_start_method("fork")
    receiver, sender = mp.Pipe(duplex=False)
    p = mp.Process(target=worker, args=(receiver, sender))
    p.start()
    receiver.close()
    for i in range(5):
        sender.send(i)
    p.join()
    sender.close()
