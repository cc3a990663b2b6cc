"""Removing IPC objects by the ledger's word: for level `process`, where they outlive the world."""

import contextlib
import os

import sysv_ipc

from autograder.observe import queues
from autograder.observe.ledger import Leftover


def remove(item: Leftover) -> None:
    """Remove one System V or POSIX object, FIFO or socket; one that is gone already is fine."""
    table, _, number = item.key.partition(":")
    with contextlib.suppress(OSError, sysv_ipc.Error):
        if table == "shm":
            sysv_ipc.remove_shared_memory(int(number))
        elif table == "sem":
            sysv_ipc.remove_semaphore(int(number))
        elif table == "msg":
            sysv_ipc.remove_message_queue(int(number))
        elif item.key.startswith(queues.FOLDER):
            queues.unlink(item.key)
        else:
            os.unlink(item.key)
