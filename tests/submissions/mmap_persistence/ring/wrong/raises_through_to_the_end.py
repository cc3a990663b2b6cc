"""A dead child is an error: the parent dies of the broken pipe.

Finding: broken-pipe
"""

import mmap
import os


def ring(path, capacity, produce):
    """Let a child produce bytes through a ring in a mapped file; return them and its exit code."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    os.ftruncate(fd, capacity)
    memory = mmap.mmap(fd, capacity)
    os.close(fd)
    filled_read, filled_write = os.pipe()
    freed_read, freed_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(filled_read)
            os.close(freed_write)
            produce(make_put(memory, capacity, filled_write, freed_read))
            status = 0
        finally:
            os._exit(status)
    os.close(filled_write)
    os.close(freed_read)
    taken = take_all(memory, capacity, filled_read, freed_write)
    os.close(filled_read)
    os.close(freed_write)
    memory.close()
    return taken, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def make_put(memory, capacity, filled, freed):
    place, free = 0, capacity

    def put(data):
        nonlocal place, free
        while data:
            if free == 0:
                free += int.from_bytes(os.read(freed, 4), "big")
            size = min(len(data), free, capacity - place)
            memory[place : place + size] = data[:size]
            os.write(filled, size.to_bytes(4, "big"))
            place, free, data = (place + size) % capacity, free - size, data[size:]

    return put


def take_all(memory, capacity, filled, freed):
    place, taken = 0, []
    while count := os.read(filled, 4):
        size = int.from_bytes(count, "big")
        taken.append(memory[place : place + size])
        place = (place + size) % capacity
        os.write(freed, count)
    return b"".join(taken)
