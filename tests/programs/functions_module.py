"""The programs of one function each, as a module whose functions are shipped by value."""

import importlib.util
from pathlib import Path
from types import ModuleType

SOURCE = Path(__file__).parent / "functions.py"


def functions() -> ModuleType:
    """The module of functions.py, under the name that a notebook's functions have."""
    specification = importlib.util.spec_from_file_location("__main__", SOURCE)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
