"""Each put waits until the parent has taken it: no ring, but a meeting.

Explanation: dies before the parent looks
"""

import mmap
import os
import socket
import struct


def ring(path, capacity, produce):
    with open(path, "w+b") as stream:
        stream.truncate(4096 + capacity)
        memory = mmap.mmap(stream.fileno(), 0, mmap.MAP_SHARED)
    memory[:4] = struct.pack("<I", capacity)
    mine, yours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            mine.close()
            place = 0

            def put(data):
                nonlocal place
                # One block at a time: the answer means that the ring is empty again.
                for start in range(0, len(data), capacity):
                    block = data[start : start + capacity]
                    for byte in block:
                        memory[4096 + place] = byte
                        place = (place + 1) % capacity
                    yours.send(struct.pack("<I", len(block)))
                    yours.recv(1)

            produce(put)
            status = 0
        finally:
            os._exit(status)
    yours.close()
    taken, place = bytearray(), 0
    while message := mine.recv(4):
        for _ in range(struct.unpack("<I", message)[0]):
            taken.append(memory[4096 + place])
            place = (place + 1) % capacity
        try:
            mine.send(b"+")
        except BrokenPipeError:
            break
    mine.close()
    memory.close()
    return bytes(taken), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
