"""Returns a list nested 100,000 deep, which ends a naive decoder by its recursion limit."""


def seal(text):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
