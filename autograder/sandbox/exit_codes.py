"""What `sys.exit` asks for, for those who end a process themselves."""

import contextlib
import sys


def exit_code(request: SystemExit) -> int:
    """The exit code, 0 to 255, that the interpreter makes of it; a text goes to standard error."""
    if request.code is None:
        return 0
    if isinstance(request.code, int):
        return request.code & 0xFF
    with contextlib.suppress(
        Exception
    ):  # the argument's __str__, and the stream, are the student's
        print(request.code, file=sys.stderr, flush=True)
    return 1
