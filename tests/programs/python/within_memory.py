"""Uses forty megabytes of a hundred and more, several times."""

total = 0
for _ in range(5):
    block = bytearray(40_000_000)
    total += len(block)
    del block
print(total)
