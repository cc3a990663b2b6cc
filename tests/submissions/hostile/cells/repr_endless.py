"""Returns, and raises, something whose text never ends."""


class Endless(Exception):
    def __repr__(self):
        while True:
            pass

    __str__ = __repr__


def seal(text):
    raise Endless(Endless())
