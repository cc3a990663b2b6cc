"""Workers on other machines, behind the interface that a pool of this machine has: Dask's.

    dask scheduler                                   on one machine
    dask worker ADDRESS --nworkers auto              on each, in the course's own environment
    autograder grade --scheduler ADDRESS             in the course

Workers read the course's folder and leave staging folders in it, so every machine has to have it
at the same path (a shared file system). The gradebook is written here alone. Dask runs again what
was on a worker that died (distributed's `allowed-failures`), and only then gives it up.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from autograder.errors import UsageError
from autograder.grading import cache, judge

CONNECT_SECONDS = 10.0


@contextlib.contextmanager
def connected(address: str, root: Path) -> Iterator[Executor]:
    """The workers of the scheduler at `address` (`tcp://host:8786`), for the course in `root`.

    Raises UsageError where there are none, or where one of them cannot grade this course.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise UsageError(
            "--scheduler needs the package distributed: pip install distributed"
        ) from None
    try:
        # Dask would try again and again, and say so; a closed door is closed.
        host, port = get_address_host_port(address)
        socket.create_connection((host, port), CONNECT_SECONDS).close()
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"--scheduler: no scheduler answers at {address} ({reason})") from None
    with client:
        _look_at_workers(client, address, root)
        workers = client.get_executor(pure=False)
        try:
            yield workers
        finally:
            workers.shutdown(wait=False)  # what nobody has begun is not begun any more
            client.run(judge.dismiss, on_error="ignore")


def _look_at_workers(client: Any, address: str, root: Path) -> None:
    if not client.scheduler_info()["workers"]:
        raise UsageError(f"--scheduler: {address} has no workers yet: dask worker {address}")
    found = client.run(_offer, str(root), on_error="return")
    for worker, offer in found.items():
        if isinstance(offer, Exception):
            raise UsageError(f"--scheduler: {worker} cannot grade: {offer}")
        package, has_course = offer
        if package != cache.package_digest():
            raise UsageError(f"--scheduler: {worker} has another version of this package")
        if not has_course:
            raise UsageError(f"--scheduler: {worker} does not see {root}: share the folder")


def _offer(root: str) -> tuple[str, bool]:
    """On a worker: its version of this package, and whether it sees the course."""
    return cache.package_digest(), (Path(root) / "source").is_dir()
