"""Imported by the site module of a user's own Python program, which is told nothing of it.

The folder of this file stands first in PYTHONPATH when the program is started. It takes itself
out of the search path and the environment again, hands on to a sitecustomize of the user's own,
and installs the witness of what file objects hold back.
"""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _leave_no_trace() -> None:
    kept = os.environ.pop("AUTOGRADER_PYTHONPATH", "")
    if kept:
        os.environ["PYTHONPATH"] = kept
    else:
        os.environ.pop("PYTHONPATH", None)
    sys.path[:] = [path for path in sys.path if path != _HERE]


def _witness() -> None:
    import importlib.util

    file = os.path.join(_HERE, "file_buffers.py")
    specification = importlib.util.spec_from_file_location("_autograder_file_buffers", file)
    if specification is not None and specification.loader is not None:
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        module.FileBuffers()
        module.say({})  # from here on it is the program's own code


def _hand_on() -> None:
    """Execute the user's own module of this name, if there is one, in this one's place."""
    import importlib.machinery
    import importlib.util

    specification = importlib.machinery.PathFinder.find_spec(__name__)
    if specification is not None and specification.loader is not None:
        module = importlib.util.module_from_spec(specification)
        sys.modules[__name__] = module
        specification.loader.exec_module(module)


_leave_no_trace()
if sys.hexversion >= 0x030B0000:  # any interpreter may come along here
    _witness()
_hand_on()
