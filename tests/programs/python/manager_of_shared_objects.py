"""A manager process with a dictionary and a lock that the workers share."""

import multiprocessing


def count(words, totals, lock):
    for word in words:
        with lock:
            totals[word] = totals.get(word, 0) + 1


if __name__ == "__main__":
    texts = ["a b a", "b c", "a"]
    with multiprocessing.Manager() as manager:
        totals, lock = manager.dict(), manager.Lock()
        workers = [
            multiprocessing.Process(target=count, args=(text.split(), totals, lock))
            for text in texts
        ]
        for w in workers:
            w.start()
        for w in workers:
            w.join()
        print(sorted(totals.items()))
