"""Each worker of the pool forgets to advance its index."""

import multiprocessing


def find(args):
    text, letter = args
    i = 0
    while i < len(text):
        if text[i] == letter:
            return i
    return -1


if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(2) as pool:
        print(pool.map(find, [("hello", "l"), ("world", "x")]))
