"""Two counters in the mapping, and loops that look at them; a dead producer is never noticed.

Finding: infinite-loop
"""

import mmap
import os


def ring(path, capacity, produce):
    with open(path, "w+b") as stream:
        stream.truncate(capacity + 24)
        memory = mmap.mmap(stream.fileno(), capacity + 24)
    counters = memoryview(memory)[:24].cast("Q")  # put, taken, over

    def put(data):
        for byte in data:
            while counters[0] - counters[1] == capacity:
                pass
            memory[24 + counters[0] % capacity] = byte
            counters[0] += 1

    pid = os.fork()
    if pid == 0:
        produce(put)
        counters[2] = 1
        os._exit(0)
    taken = bytearray()
    while not counters[2] or counters[0] > counters[1]:
        if counters[0] > counters[1]:
            taken.append(memory[24 + counters[1] % capacity])
            counters[1] += 1
    return bytes(taken), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
