"""The five ways between processes carry every byte, in order, and leave nothing."""

import hashlib
import os
import random
from contextlib import ExitStack

import pytest

from autograder import run
from autograder.sandbox.transports import TRANSPORTS, round_trip, throughput

pytestmark = pytest.mark.usefixtures("level")


def carried(kind: str, size: int, count: int) -> tuple[str, str]:
    """Digests of all messages: sent by a child, and received by its parent."""
    messages = [random.Random(number).randbytes(size) for number in range(count)]
    sent = hashlib.sha256(b"".join(messages)).hexdigest()
    received = hashlib.sha256()
    with ExitStack() as stack:
        transport = TRANSPORTS[kind](size, stack)
        pid = os.fork()
        if pid == 0:
            try:
                for message in messages:
                    transport.send(message)
            finally:
                os._exit(0)
        for _ in range(count):
            received.update(transport.receive())
        os.waitpid(pid, 0)
    return sent, received.hexdigest()


@pytest.mark.parametrize("kind", TRANSPORTS)
@pytest.mark.parametrize(("size", "count"), [(1, 9000), (4097, 50), (200_000, 5)])
def test_every_byte_arrives_in_order(kind: str, size: int, count: int) -> None:
    result = run(carried, kind, size, count, timeout=30.0).prints("")
    sent, received = result.value
    assert received == sent
    result.closes_descriptors().leaves_nothing().has_no_findings()


@pytest.mark.parametrize("kind", TRANSPORTS)
@pytest.mark.parametrize("measure", [throughput, round_trip])
def test_measuring_gives_a_number_and_leaves_nothing(kind: str, measure: object) -> None:
    result = run(measure, kind, 5000, 20)
    assert type(result.value) is float
    assert result.value > 0
    result.closes_descriptors().leaves_nothing().has_no_findings()
