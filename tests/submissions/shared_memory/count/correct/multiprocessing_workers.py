"""Processes from the library; the semaphore is given away once with V, not made with 1."""

import multiprocessing

import sysv_ipc


def count(times, work):
    segment = sysv_ipc.SharedMemory(None, sysv_ipc.IPC_CREX, size=4096, init_character=b"\0")
    semaphore = sysv_ipc.Semaphore(None, sysv_ipc.IPC_CREX)
    semaphore.V()
    semaphore.undo = True
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=add, args=(times, work, segment, semaphore)) for _ in "abcd"]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return int(segment.read(20).strip(b"\0") or b"0")
    finally:
        for worker in workers:
            worker.close()
        segment.detach()
        sysv_ipc.remove_shared_memory(segment.id)
        sysv_ipc.remove_semaphore(semaphore.id)


def add(times, work, segment, semaphore):
    for _ in range(times):
        semaphore.P()
        try:
            value = int(segment.read(20).strip(b"\0") or b"0")
            segment.write(b"%020d" % work(value))
        finally:
            semaphore.V()
