"""Waits for somebody to type."""

import sys


def seal(text):
    return input() + sys.stdin.read()


input("your name? ")
