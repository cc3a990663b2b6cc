"""Prints its own environment, in which the TA's secret must not be."""

import os


def seal(text):
    return os.environ.get("COURSE_SECRET", "")


print({name: value for name, value in os.environ.items() if name == "COURSE_SECRET"})
