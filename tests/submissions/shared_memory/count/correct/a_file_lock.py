"""The kernel takes a file lock back when its holder ends: no semaphore at all."""

import fcntl
import os
import struct
import tempfile

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=8, init_character=b"\0")
    segment.remove()  # it goes with the last detach, whatever happens from now on
    try:
        with tempfile.TemporaryFile() as lock:
            pids = [os.fork() or worker(times, work, segment, lock) for _ in range(4)]
            for pid in pids:
                os.waitpid(pid, 0)
        with memoryview(segment) as view:
            return struct.unpack("=Q", view[:8])[0]
    finally:
        segment.detach()


def worker(times, work, segment, lock):
    try:
        for _ in range(times):
            fcntl.lockf(lock, fcntl.LOCK_EX)
            (value,) = struct.unpack("=Q", segment.read(8))
            segment.write(struct.pack("=Q", work(value)))
            fcntl.lockf(lock, fcntl.LOCK_UN)
        os._exit(0)
    finally:
        os._exit(1)
