"""The child writes its part of the results to a file of its own, and leaves too soon."""

import os

if os.fork() == 0:
    results = open("part1.txt", "w")
    for n in range(100):
        results.write(f"{n * n}\n")
    os._exit(0)
os.wait()
print(os.path.getsize("part1.txt"), "bytes")
