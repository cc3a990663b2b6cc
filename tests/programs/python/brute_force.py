"""All orders of eight things, tried one by one: long, but it ends."""

import itertools
import time

until = time.perf_counter() + 0.8
best = None
while time.perf_counter() < until:
    for order in itertools.permutations(range(6)):
        cost = sum(abs(a - b) * (i + 1) for i, (a, b) in enumerate(itertools.pairwise(order)))
        if best is None or cost < best:
            best = cost
print("best", best)
