"""Enables faulthandler and goes through what looks dangerous: checked indexing and recursion."""

import faulthandler
import sys

faulthandler.enable()
sys.setrecursionlimit(200)


def down(n):
    return down(n + 1)


for attempt in (lambda: [][5], lambda: down(0), lambda: memoryview(b"abc")[10]):
    try:
        attempt()
    except (IndexError, RecursionError) as error:
        print(type(error).__name__)
