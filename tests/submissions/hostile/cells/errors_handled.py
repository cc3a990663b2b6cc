"""Registers a handler that swallows every exception of later cells."""


def seal(text):
    return ""


def swallow(shell, kind, error, traceback, tb_offset=None):
    return None


get_ipython().set_custom_exc((BaseException,), swallow)
