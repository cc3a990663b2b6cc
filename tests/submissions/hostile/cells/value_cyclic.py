"""Returns a value that contains itself."""


def seal(text):
    value = {}
    value["self"] = [value, (value,)]
    return value
