"""POSIX message queues, asked for by name.

They can be listed only where their file system is mounted, which is not so on every machine; but
each has a name by which it can be opened anywhere in its IPC namespace. See mq_overview(7).
"""

import ctypes
import errno
import os

FOLDER = "/dev/mqueue/"  # where the file system is, if it is: the ledger's keys begin so
_libc = ctypes.CDLL(None, use_errno=True)


def key_of(name: str) -> str:
    """The ledger's key of the queue `name`, which may begin with a slash."""
    return FOLDER + name.lstrip("/")


def is_there(key: str) -> bool:
    """Whether the queue exists; also when it may not be opened, or when that cannot be told."""
    queue = int(_libc.mq_open(_name(key), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
    if queue < 0:
        return ctypes.get_errno() not in (errno.ENOENT, errno.EINVAL)
    os.close(queue)
    return True


def unlink(key: str) -> None:
    """Remove the queue. Raises OSError."""
    if int(_libc.mq_unlink(_name(key))) < 0:
        raise OSError(ctypes.get_errno(), "mq_unlink", key)


def _name(key: str) -> bytes:
    return b"/" + os.fsencode(key.removeprefix(FOLDER))
