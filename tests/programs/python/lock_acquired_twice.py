"""withdraw() takes the lock and calls check(), which takes it too."""

import multiprocessing

context = multiprocessing.get_context("fork")
lock = context.Lock()


def check(balance):
    with lock:
        return balance.value > 0


def withdraw(balance, amount):
    with lock:
        if check(balance):
            balance.value -= amount


if __name__ == "__main__":
    balance = context.Value("i", 100)
    worker = context.Process(target=withdraw, args=(balance, 10))
    worker.start()
    worker.join()
    print(balance.value)
