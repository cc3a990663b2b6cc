"""Plain data as JSON text: the only form in which a value leaves a world.

Exact builtin types alone: None, bool, int, float, str, bytes, list, tuple, dict, set, frozenset.
Decoding builds those types and nothing else, so hostile bytes can at worst be refused.
"""

import base64
import json
from typing import Any, TypeAlias

Plain: TypeAlias = Any

_SCALARS = (bool, int, str)
_MAX_DEPTH = 100


class NotPlain(ValueError):
    """A value of another type, nested too deeply, or bytes that are not an encoded value."""


def encode(value: Plain) -> bytes:
    """The JSON text of `value`; raises `NotPlain` naming the offending type."""
    return json.dumps(_tag(value, 0), ensure_ascii=True).encode()


def decode(data: bytes) -> Plain:
    """The value that `encode` wrote; raises `NotPlain` for anything else."""
    try:
        return _untag(json.loads(data), 0)
    except NotPlain:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise NotPlain(f"not an encoded value: {error}") from error


def _tag(value: Plain, depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise NotPlain(f"a value nested more than {_MAX_DEPTH} levels deep")
    kind = type(value)
    if value is None or kind in _SCALARS:
        return _tag_big(value) if kind is int else value
    if kind is float:
        return {"float": value.hex()}
    if kind is bytes:
        return {"bytes": base64.b64encode(value).decode()}
    if kind in (list, tuple, set, frozenset):
        return {kind.__name__: [_tag(item, depth + 1) for item in value]}
    if kind is dict:
        pairs = [[_tag(key, depth + 1), _tag(item, depth + 1)] for key, item in value.items()]
        return {"dict": pairs}
    raise NotPlain(f"a value of type {kind.__module__}.{kind.__qualname__}")


def _tag_big(value: int) -> Any:
    """JSON text of huge integers is refused by the interpreter's digit limit: use hex."""
    return value if -(1 << 63) <= value < 1 << 63 else {"int": hex(value)}


def _untag(node: Any, depth: int) -> Plain:
    if depth > _MAX_DEPTH:
        raise NotPlain("nested too deeply")
    if node is None or type(node) in _SCALARS:
        return node
    if type(node) is not dict or len(node) != 1:
        raise NotPlain("not an encoded value")
    ((tag, content),) = node.items()
    if tag == "float":
        return float.fromhex(content)
    if tag == "int":
        return int(content, 16)
    if tag == "bytes":
        return base64.b64decode(content, validate=True)
    if tag == "dict":
        return {_untag(key, depth + 1): _untag(item, depth + 1) for key, item in content}
    build = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}.get(tag)
    if build is None or type(content) is not list:
        raise NotPlain(f"unknown tag {tag!r}")
    return build(_untag(item, depth + 1) for item in content)
