"""Turns the text of every later cell into `pass`."""


def seal(text):
    return ""


get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\n"])
