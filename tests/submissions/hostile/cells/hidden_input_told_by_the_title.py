"""Fails the hidden check in a way that would put its input into the feedback."""

import sys
import warnings


def seal(text):
    print(text)
    print(text, file=sys.stderr)
    warnings.warn(text, stacklevel=2)
    sys.modules["__main__"].__dict__[text] = text
    raise ValueError(text)
