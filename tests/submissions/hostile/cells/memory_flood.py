"""Fills memory (here: up to 2,500 million bytes), in the cell and in the function."""


def seal(text):
    return flood()


def flood():
    kept = []
    try:
        for _ in range(25):
            kept.append(b"x" * 100_000_000)
    except MemoryError:
        return ""
    print("UNCON" + "TAINED: kept 2,500 million bytes")
    return ""


flood()
