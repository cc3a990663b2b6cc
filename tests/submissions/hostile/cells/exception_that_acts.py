"""Raises an exception whose class, message and arguments all misbehave."""

import os


class Meta(type):
    def __getattribute__(cls, name):
        if name in ("__name__", "__mro__", "__qualname__", "__module__"):
            os._exit(0)
        return type.__getattribute__(cls, name)


class Odd(BaseException, metaclass=Meta):
    def __str__(self):
        raise KeyboardInterrupt

    __traceback__ = __cause__ = __context__ = property(lambda self: 1 / 0)


def seal(text):
    raise Odd
