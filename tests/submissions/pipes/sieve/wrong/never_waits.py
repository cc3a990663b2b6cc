"""At end of file every stage is over, so there is nothing to wait for.

Finding: zombie
"""

import os


def sieve(limit):
    chain = []
    _, source = start(lambda out: numbers(limit, out))
    while first := os.read(source, 4):
        prime = int.from_bytes(first, "big")
        pid, following = start(lambda out, prime=prime, source=source: keep(prime, source, out))
        os.close(source)
        source = following
        chain.append((prime, pid))
    os.close(source)
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
