"""Taking a call into a world: functions by value, their source lines, the student's by name.

In a notebook the student's functions are found in its namespace. When grading, the namespace is
another interpreter's, inside a world; a `Giver` has it pickle them there, and they pass through
here sealed.
"""

import ctypes
import inspect
import io
import linecache
import struct
import sys
from collections import ChainMap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import FrameType, FunctionType
from typing import Any, ClassVar, TypeAlias

import cloudpickle

from autograder.checks import words
from autograder.checks.failure import CheckFailed
from autograder.errors import UsageError
from autograder.sandbox.sealed import Sealed

_MAX_SOURCE = 1 << 18
_LAYOUTS = (ctypes.Structure, ctypes.Union)
_LAYOUT_NAMES = ("_pack_", "_anonymous_", "_fields_")
_OF_ITS_OWN = ("__dict__", "__weakref__")

Sources: TypeAlias = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Given:
    """What a student's interpreter says of the names that it was asked for, and their pickle.

    `kinds` are the type names of those that are there; `error` tells why nothing is in `data`.
    """

    kinds: dict[str, str]
    callables: frozenset[str]
    data: bytes
    sources: Sources = field(default_factory=dict)
    error: str = ""


Giver: TypeAlias = Callable[[list[str]], Given]
_giver: Giver | None = None


def take_names_from(giver: Giver | None) -> None:
    """Let `run("name")` find the student's functions there; None: in the caller's namespace."""
    global _giver
    _giver = giver


def find(names: list[str], frame: FrameType, text: str) -> tuple[dict[str, Any], Sources]:
    """The student's objects `names`, and source lines of those that come from elsewhere.

    `text` is the call, for messages. Raises `CheckFailed` when one is not there or cannot be taken.
    """
    if _giver is None or not names:
        return {name: _find(name, frame, text) for name in names}, {}
    given = _giver(sorted(set(names)))
    for name in names:
        if name not in given.kinds:
            raise _missing(name, text)
        if name not in given.callables:
            raise CheckFailed(text, "a function", f"`{name}` is a {given.kinds[name]}")
    if given.error:
        wish = "functions that can be taken into a world of their own"
        raise CheckFailed(text, wish, given.error)
    for file, lines in given.sources.items():  # explanations quote them
        linecache.cache[file] = (sum(map(len, lines)), None, lines, file)
    return {name: Sealed(name, given.data) for name in names}, given.sources


def _find(name: str, frame: FrameType, text: str) -> Any:
    main = sys.modules.get("__main__")
    for namespace in (frame.f_globals, vars(main) if main else {}):
        if name in namespace:
            return namespace[name]
    raise _missing(name, text)


def _missing(name: str, text: str) -> CheckFailed:
    expected = f"a function `{name}` in this notebook"
    return CheckFailed(text, expected, "there is none: define it and run its cell first")


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]
    """Also takes what notebooks like to keep: compiled `struct.Struct` objects, and classes of
    ctypes, whose field descriptors cannot be pickled but follow from `_fields_`."""

    dispatch_table: ClassVar[Any] = ChainMap(
        {struct.Struct: lambda packer: (struct.Struct, (packer.format,))},
        cloudpickle.Pickler.dispatch_table,
    )

    def reducer_override(self, value: Any) -> Any:
        """How a class of the notebook's own that lays out memory is made again."""
        is_layout = isinstance(value, type) and issubclass(value, _LAYOUTS)
        if is_layout and value.__module__ == "__main__":
            return _reduced_layout(value)
        return super().reducer_override(value)


def _reduced_layout(kind: Any) -> tuple[Any, ...]:
    fields = {name for name, *_ in vars(kind).get("_fields_", ())}
    layout = {name: each for name, each in vars(kind).items() if name in _LAYOUT_NAMES}
    rest = {
        name: each
        for name, each in vars(kind).items()
        if name not in {*fields, *layout, *_OF_ITS_OWN}
    }
    # The rest is set afterwards: its functions may mention the class itself.
    return (_layout, (kind.__name__, kind.__bases__, layout), rest, None, None, _complete)


def _layout(name: str, bases: tuple[Any, ...], layout: dict[str, Any]) -> Any:
    return type(bases[0])(name, bases, layout)


def _complete(kind: Any, rest: dict[str, Any]) -> None:
    for name, value in rest.items():
        setattr(kind, name, value)


def pickled(value: object) -> bytes:
    """A pickle of `value`, with functions by value."""
    with io.BytesIO() as stream:
        _Pickler(stream).dump(value)
        return stream.getvalue()


def pickled_call(
    text: str,
    function: Callable[..., Any] | Sealed,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    sources: Sources,
) -> bytes:
    """The payload of a run; raises `UsageError` that names the variable which cannot be taken."""
    items = [function, *args, *kwargs.values()]
    own = sources_of(item for item in items if isinstance(item, FunctionType))
    try:
        return pickled((function, args, kwargs, {**sources, **own}))
    except Exception as error:
        names = words.sentence_list([f"`{name}`" for name in _unpicklable_globals(items)])
        culprit = f"the variable {names}, which" if names else "something that"
        raise UsageError(
            f"{text}: the function uses {culprit} cannot be taken into a sandbox "
            f"({type(error).__name__}: {error}). Make it inside the function."
        ) from error


def _unpicklable_globals(items: list[Any]) -> list[str]:
    """The variables, used by functions among `items`, that cannot be shipped."""
    found = []
    for function in items:
        if isinstance(function, FunctionType):
            for name, value in inspect.getclosurevars(function).globals.items():
                try:
                    pickled(value)
                except Exception:
                    found.append(name)
    return found


def sources_of(functions: Iterable[FunctionType]) -> Sources:
    """Source lines of functions that are in no file (notebook cells), for their tracebacks."""
    found: Sources = {}
    for function in functions:
        file = inspect.unwrap(function).__code__.co_filename
        lines = linecache.getlines(file)
        if file.startswith("<") or "ipykernel" in file:
            found[file] = lines if sum(map(len, lines)) <= _MAX_SOURCE else []
    return found
