"""One mapping whose size follows the file: mmap.resize does ftruncate and mremap in one."""

import mmap
import os


def compact(path, keep, extra):
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", 0) as stream:
        size = stream.seek(0, os.SEEK_END)
        if size == 0:
            stream.truncate(16)
        with mmap.mmap(stream.fileno(), 0) as memory:
            flags = [bool(keep(memory[at : at + 16])) for at in range(0, size, 16)]
            end = 0
            for index, flag in enumerate(flags):
                if flag:
                    memory.move(end, 16 * index, 16)
                    end += 16
            final = end + 16 * len(extra)
            if final > len(memory):
                memory.resize(final)
            for number, record in enumerate(extra):
                memory[end + 16 * number : end + 16 * number + 16] = record
            memory.flush()
        stream.truncate(final)
    return final // 16
