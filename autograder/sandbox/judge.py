"""The judge's client of the template: started once per judge process, with exec, on first use."""

import atexit
import os
import socket
import subprocess
import sys
import threading
from enum import Enum

from autograder.errors import SandboxError
from autograder.sandbox import messages
from autograder.sandbox.isolation import package_root

_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "VIRTUAL_ENV", "CONDA_PREFIX", "TERM")


def environment(home: str) -> dict[str, str]:
    """The scrubbed environment of student processes: no secrets, no settings of the caller's."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {"PYTHONDONTWRITEBYTECODE": "1", **kept, "HOME": home, "TMPDIR": home}


class Kind(Enum):
    """What a template is for: its worlds start with what it has loaded.

    `FOREGROUND` stays in the judge's session, with its terminal.
    """

    PLAIN = ""
    FOREGROUND = "foreground"
    INTERPRETER = "autograder.notebook.student_interpreter"


class Template:
    """A template process, with the module that its kind names loaded."""

    def __init__(self, kind: Kind = Kind.PLAIN) -> None:
        self.socket, theirs = messages.pair()
        scrubbed = environment("/nonexistent")
        del scrubbed["TMPDIR"]
        command = [sys.executable, "-P", "-m", "autograder.sandbox.template", str(theirs.fileno())]
        if kind is Kind.INTERPRETER:
            command.append(kind.value)
        self.process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env={**scrubbed, "PYTHONPATH": package_root()},
            stdin=subprocess.DEVNULL,
            start_new_session=kind is not Kind.FOREGROUND,
        )
        theirs.close()

    def request(self, body: dict[str, object], control: socket.socket) -> None:
        """Ask for a world that listens on the other end of `control`."""
        try:
            messages.send(self.socket, body, (control.fileno(),))
        except OSError as error:
            raise SandboxError(f"the template process is gone ({error})") from error

    def close(self) -> None:
        """End the template; its worlds end with their own control sockets."""
        self.socket.close()
        self.process.wait()


_lock = threading.Lock()
_templates: dict[Kind, Template] = {}
_owner = 0


def template(kind: Kind = Kind.PLAIN) -> Template:
    """The running template of a kind; a new one after a crash or in a forked copy of the judge."""
    global _owner
    with _lock:
        if _owner != os.getpid():
            _templates.clear()  # the parent's are not ours to close
            _owner = os.getpid()
        found = _templates.get(kind)
        if found is None or found.process.poll() is not None:
            if found is not None:
                found.close()
            found = _templates[kind] = Template(kind)
        return found


def shut_down() -> None:
    """End the templates of this process."""
    with _lock:
        if _owner == os.getpid():
            for each in _templates.values():
                each.close()
        _templates.clear()


atexit.register(shut_down)
