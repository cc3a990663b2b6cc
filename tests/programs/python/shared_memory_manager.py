"""Blocks of a manager, which unlinks them all."""

from multiprocessing import get_context
from multiprocessing.managers import SharedMemoryManager


def double(name_and_size):
    from multiprocessing.shared_memory import ShareableList

    numbers = ShareableList(name=name_and_size)
    for i in range(len(numbers)):
        numbers[i] *= 2
    numbers.shm.close()


if __name__ == "__main__":
    with SharedMemoryManager() as manager:
        numbers = manager.ShareableList([1, 2, 3])
        worker = get_context("fork").Process(target=double, args=(numbers.shm.name,))
        worker.start()
        worker.join()
        print(list(numbers))
        numbers.shm.close()
