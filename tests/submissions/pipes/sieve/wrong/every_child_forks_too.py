"""One process for each number: the child tests it, and that is all it has to do.

Finding: fork-bomb
"""

import os


def sieve(limit):
    read_end, write_end = os.pipe()
    children = []
    for number in range(2, limit):
        pid = os.fork()
        if pid == 0 and all(number % divisor for divisor in range(2, number)):
            os.write(write_end, number.to_bytes(4, "big") + os.getpid().to_bytes(4, "big"))
        children.append(pid)
    os.close(write_end)
    chain = []
    while record := os.read(read_end, 8):
        chain.append((int.from_bytes(record[:4], "big"), int.from_bytes(record[4:], "big")))
    for pid in children:
        os.waitpid(pid, 0)
    return sorted(chain)
