"""The documentation warns of it: joining a process that still has items in its queue."""

from multiprocessing import Process, Queue, set_start_method


def f(q):
    q.put("X" * 1000000)


if __name__ == "__main__":
    set_start_method("fork")
    queue = Queue()
    p = Process(target=f, args=(queue,))
    p.start()
    p.join()
    obj = queue.get()
    print(len(obj))
