"""The bytes go through a pipe; the mapped file is decoration.

Explanation: in the file:1
"""

import mmap
import os


def ring(path, capacity, produce):
    with open(path, "w+b") as stream:
        stream.truncate(capacity)
        memory = mmap.mmap(stream.fileno(), capacity)
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            with open(writing, "wb", 0) as sink:
                produce(sink.write)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as source:
        data = source.read()
    memory.close()
    return data, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
