import concurrent.futures
import time


def slow_square(n):
    time.sleep(0.1)
    return n * n


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2) as processes:
        first = list(processes.map(slow_square, range(4)))
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        second = [f.result() for f in [threads.submit(slow_square, n) for n in range(4)]]
    print(first == second, first)
