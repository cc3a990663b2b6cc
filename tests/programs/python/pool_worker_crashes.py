"""A worker dies in a C library; the pool of concurrent.futures notices, the program goes on."""

import concurrent.futures
import ctypes
import multiprocessing
from concurrent.futures.process import BrokenProcessPool


def convert(n):
    if n == 3:
        ctypes.memset(8, 0, 1)
    return n * n


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            print(list(pool.map(convert, range(5))))
        except BrokenProcessPool:
            print("a worker has died")
