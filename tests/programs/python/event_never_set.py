import multiprocessing as mp


def wait_for_start(event, number):
    event.wait()
    print("worker", number)


if __name__ == "__main__":
    ctx = mp.get_context("fork")
    start = ctx.Event()
    workers = [ctx.Process(target=wait_for_start, args=(start, i)) for i in range(3)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    start.set()
