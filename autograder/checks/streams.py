"""What a stream does to those who forget that it has no borders: parts, and mixed records."""

import select
from collections import Counter
from collections.abc import Sequence
from typing import Any

from autograder.checks import words
from autograder.checks.finding import Finding


def partial_io(value: Any, expected: Any) -> Finding:
    """The finding for work that goes well only when each call moves all that it was asked for."""
    facts: dict[str, object] = {}
    amounts = ""
    got, whole = _amount(value), _amount(expected)
    if got is not None and whole is not None and got < whole:
        facts = {"got": got, "asked": whole}
        amounts = f" {got:,} of {whole:,} bytes came through."
    return Finding(
        "partial-io",
        "The result is right when each read and each write moves all the bytes that it was asked "
        f"for, and wrong when a call moves only a part of them.{amounts} A part was taken for the "
        "whole.",
        "Look at what `os.read` and `os.write` return, and call them again until nothing is "
        "missing.",
        facts,
    )


def _amount(value: Any) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return len(value) if isinstance(value, bytes) else None


def torn_record(stream: bytes, records: Sequence[bytes], whole: int) -> Finding | None:
    """The finding for a `stream` of which only the first `whole` bytes are whole `records`.

    None where bytes are lost or new: then something else has happened than mixing.
    """
    if Counter(stream) != Counter(b"".join(records)):
        return None
    longest = max(len(record) for record in records)
    limit = f"{select.PIPE_BUF:,}"
    why = (
        f"A record has up to {longest:,} bytes, and a write is in one piece up to {limit} bytes "
        "(PIPE_BUF) only."
        if longest > select.PIPE_BUF
        else f"A write of up to {limit} bytes (PIPE_BUF) stays in one piece, but a record that is "
        "written with several calls does not."
    )
    return Finding(
        "torn-record",
        f"Every byte of the {len(records):,} records arrived, but from byte {whole:,} on the "
        f"stream has {words.shorten(stream[whole : whole + 12])}, which is no whole record: "
        f"bytes of another process came between its parts. {why}",
        f"Write each record with one call, of at most {limit} bytes, or let a lock make the "
        "writers take turns.",
        {"length": longest, "limit": select.PIPE_BUF, "offset": whole},
    )


def whole_records(stream: bytes, records: Sequence[bytes]) -> int:
    """How many bytes at the beginning of `stream` can be read as whole records, each once."""
    best = 0
    paths: list[tuple[int, Counter[bytes]]] = [(0, Counter(records))]
    seen = set()
    while paths:
        position, rest = paths.pop()
        best = max(best, position)
        for record in [each for each in rest if each and stream.startswith(each, position)]:
            left = rest.copy()
            left[record] -= 1
            state = (position + len(record), frozenset((+left).items()))
            if state not in seen:
                seen.add(state)
                paths.append((state[0], +left))
    return best
