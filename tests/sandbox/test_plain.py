"""The codec by which values leave a world: exact types, and nothing else, survive it."""

import math

import pytest

from autograder.sandbox import plain

VALUES = [
    None, True, 0, -1, 2**63, -(2**70), 1.5, math.inf, b"\x00\xff", "text \ud800", [], [1, [2]],
    (), (1,), {}, {1: "a", "1": "b", (2, b"x"): None}, {1, 2}, frozenset({"x"}), [True, 1, 1.0],
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_value_survives_with_its_types(value: object) -> None:
    copy = plain.decode(plain.encode(value))
    assert copy == value
    assert repr(copy) == repr(value)
    assert type(copy) is type(value)


def test_nan_survives() -> None:
    assert math.isnan(plain.decode(plain.encode(math.nan)))


class _Sub(int):
    pass


@pytest.mark.parametrize("value", [object(), _Sub(3), [_Sub(3)], range(3), bytearray(b"x"), int])
def test_other_types_are_refused(value: object) -> None:
    with pytest.raises(plain.NotPlain, match="a value of type"):
        plain.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff", b"1.5", b"[1]", b'{"tuple": 3}', b'{"eval": [1]}', b'{"bytes": "!"}',
        b'{"dict": [[{"list": []}, 1]]}', b'{"a": 1, "b": 2}', b'{"list": ' * 5000,
        b'{"float": "x"}', b'{"int": 3}', b'{"set": [{"list": []}]}',
    ],
)  # fmt: skip
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(plain.NotPlain):
        plain.decode(data)
