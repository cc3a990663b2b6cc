"""Nobody calls join(), but multiprocessing does at the end of the program."""

import multiprocessing
import time


def work(n):
    time.sleep(0.1 * n)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    for n in range(3):
        context.Process(target=work, args=(n,)).start()
    time.sleep(0.5)
    print("main is done")
