"""withdraw() takes the lock and calls check(), which takes it too."""

import multiprocessing

lock = multiprocessing.Lock()


def check(balance):
    with lock:
        return balance.value > 0


def withdraw(balance, amount):
    with lock:
        if check(balance):
            balance.value -= amount


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    balance = multiprocessing.Value("i", 100)
    worker = multiprocessing.Process(target=withdraw, args=(balance, 10))
    worker.start()
    worker.join()
    print(balance.value)
