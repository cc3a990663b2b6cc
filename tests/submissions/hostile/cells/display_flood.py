"""Displays without end: 3,000 outputs of 100,000 characters, then one of 50 million."""

from IPython.display import HTML, display


def seal(text):
    return ""


for number in range(3_000):
    display(HTML(f"<p>{number}</p>" + "x" * 100_000))
HTML("x" * 50_000_000)
