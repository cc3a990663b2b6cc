"""I close all the write ends. Read ends cannot do any harm.

Explanation: Too many open files
"""

import os


def sieve(limit):
    chain = []
    source_pid, source = start(lambda out: numbers(limit, out))
    sources = [source]
    while first := os.read(source, 4):
        prime = int.from_bytes(first, "big")
        pid, source = start(lambda out, prime=prime, source=source: keep(prime, source, out))
        sources.append(source)
        chain.append((prime, pid))
    for source in sources:
        os.close(source)
    for pid in (source_pid, *(pid for _, pid in chain)):
        os.waitpid(pid, 0)
    return chain


def start(work):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read_end)
            work(write_end)
        finally:
            os._exit(0)
    os.close(write_end)
    return pid, read_end


def numbers(limit, out):
    for number in range(2, limit):
        os.write(out, number.to_bytes(4, "big"))


def keep(prime, source, out):
    while data := os.read(source, 4):
        if int.from_bytes(data, "big") % prime:
            os.write(out, data)
