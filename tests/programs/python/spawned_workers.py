"""Workers by the start methods spawn and forkserver, with a pipe and a queue."""

import multiprocessing


def work(queue, n):
    queue.put((n, n * n))


if __name__ == "__main__":
    answers = []
    for method in ("spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        queue = context.Queue()
        workers = [context.Process(target=work, args=(queue, n)) for n in (1, 2)]
        for w in workers:
            w.start()
        answers += sorted(queue.get() for _ in workers)
        for w in workers:
            w.join()
    print(answers)
