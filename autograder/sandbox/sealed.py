"""Objects of the student's that cross the judge unopened: pickled in one world, loaded in another.

The judge holds bytes. Whatever they do when they are loaded, they do inside a world, as part of
the student's own code, and an exception there is the student's.
"""

import pickle
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sealed:
    """The object `name` of a pickled dict of objects that were given together."""

    name: str
    data: bytes


def unseal(value: Any) -> Any:
    """`value`, or what is sealed in it; in lists, tuples and dicts too. Only for use in a world."""
    return _open(value, {})


def _open(value: Any, opened: dict[bytes, dict[str, Any]]) -> Any:
    if isinstance(value, Sealed):
        # What was given together is loaded together: functions keep their common globals.
        if value.data not in opened:
            opened[value.data] = pickle.loads(value.data)
        return opened[value.data][value.name]
    if type(value) in (list, tuple):
        return type(value)(_open(item, opened) for item in value)
    if type(value) is dict:
        return {key: _open(item, opened) for key, item in value.items()}
    return value
