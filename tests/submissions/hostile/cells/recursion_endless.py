"""Recurses without end, in Python and, with the limit lifted, into the end of the C stack."""

import sys


def seal(text):
    sys.setrecursionlimit(1 << 30)

    class Deep:
        def __repr__(self):
            return repr([self])

    return repr(Deep())


try:
    (lambda f: f(f))(lambda f: f(f))
except RecursionError:
    pass
seal("")
