"""A file object is more comfortable than os.write, and os._exit ends the stage.

Finding: unflushed-output
"""

import os


def sieve(limit):
    chain = []
    source_pid, source = start(lambda stream: send(stream, range(2, limit)))
    with open(source, "rb") as numbers:
        rest = [int(line) for line in numbers]
    os.waitpid(source_pid, 0)
    while rest:
        prime = rest[0]
        pid, end = start(lambda stream, p=prime, r=rest: send(stream, [n for n in r if n % p]))
        with open(end, "rb") as numbers:
            rest = [int(line) for line in numbers]
        os.waitpid(pid, 0)
        chain.append((prime, pid))
    return chain


def start(work):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        stream = open(write_end, "w")
        work(stream)
        os._exit(0)
    os.close(write_end)
    return pid, read_end


def send(stream, numbers):
    for number in numbers:
        print(number, file=stream)
