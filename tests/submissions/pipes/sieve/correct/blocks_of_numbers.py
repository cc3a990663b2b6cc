"""The caller makes the stages; numbers travel as text in large buffered blocks, and the children
are waited for in the order in which they end."""

import os


def sieve(limit):
    chain = []
    source = stage(None, lambda lines: [f"{number}\n" for number in range(2, limit)])[1]
    while True:
        stream = open(source, buffering=1 << 15)  # noqa: SIM115
        first = stream.readline()
        if not first:
            stream.close()
            break
        prime = int(first)
        pid, source = stage(stream, lambda lines, p=prime: [x for x in lines if int(x) % p])
        stream.close()
        chain.append((prime, pid))
    for _ in range(len(chain) + 1):
        os.wait()
    return chain


def stage(stream, choose):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(read_end)
            with open(write_end, "w") as out:
                out.writelines(choose(stream))
        finally:
            os._exit(0)
    os.close(write_end)
    return pid, read_end
