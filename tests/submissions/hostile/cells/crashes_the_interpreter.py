"""Ends the interpreter by SIGSEGV, in the cell and in the function."""

import ctypes


def seal(text):
    ctypes.string_at(0)


ctypes.string_at(0)
