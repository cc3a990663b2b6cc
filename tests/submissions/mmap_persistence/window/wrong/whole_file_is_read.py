"""I read the file; then the window is only a slice of it.

Finding: memory-limit
"""


def window(path, offset, n):
    with open(path, "rb") as stream:
        content = bytearray(stream.read())
    return memoryview(content)[offset : offset + n]
