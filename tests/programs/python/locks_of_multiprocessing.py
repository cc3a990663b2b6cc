"""Locks, semaphores and queues of multiprocessing have no name when the program runs."""

import multiprocessing

context = multiprocessing.get_context("spawn")


def main():
    lock, semaphore, queue = context.Lock(), context.Semaphore(2), context.Queue()
    queue.put("item")
    with lock, semaphore:
        print(queue.get())


if __name__ == "__main__":
    main()
