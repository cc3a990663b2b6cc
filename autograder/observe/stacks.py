"""Where a Python process stands that knows nothing of us: read from its memory, from outside.

py-spy reads the interpreter's own frames without stopping the process or running code in it.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One frame: source file, line, function, and the local variables that hold small integers."""

    file: str
    line: int
    function: str
    names: tuple[tuple[str, int], ...]


def python_stack(pid: int) -> tuple[Standing, ...]:
    """The main thread's frames, innermost first; empty for a process that cannot be read so."""
    program = python_spy()
    if program is None:
        return ()
    command = [program, "dump", "--nonblocking", "--json", "--locals", "--pid", str(pid)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
        threads = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return ()
    main = next((thread for thread in threads if thread.get("os_thread_id") == pid), None)
    if main is None and len(threads) == 1:
        main = threads[0]  # in another PID namespace the thread has another number there
    return tuple(
        Standing(
            str(frame["filename"]),
            int(frame["line"]),
            str(frame["name"]),
            tuple(
                (str(local["name"]), int(local["repr"]))
                for local in frame.get("locals") or ()
                if str(local.get("repr", "")).isdigit() and len(local["repr"]) < 6
            ),
        )
        for frame in (main or {}).get("frames", ())
    )


def python_spy() -> str | None:
    """The program py-spy, installed beside this interpreter or found on PATH."""
    beside = Path(sys.executable).with_name("py-spy")
    return str(beside) if beside.exists() else shutil.which("py-spy")
