"""Executing a notebook cell inside a world, as the body of a fresh `__main__` module."""

import linecache
import sys
import types
from typing import Any


def execute(source: str, file: str, names: dict[str, Any]) -> None:
    """Run `source`, named `file` in tracebacks, with `names` as its globals."""
    main = types.ModuleType("__main__")
    main.__dict__.update(names)
    sys.modules["__main__"] = main
    lines = source.splitlines(keepends=True)
    linecache.cache[file] = (len(source), None, lines, file)
    exec(compile(source, file, "exec"), main.__dict__)
