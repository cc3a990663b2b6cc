"""A stage of a pipeline; Python reports the closed pipe, which is the reader's own will."""

for number in range(200_000):
    print(number)
