"""The judge's client of the template: started once per judge process, with exec, on first use."""

import atexit
import os
import socket
import subprocess
import sys
import threading

from autograder.errors import SandboxError
from autograder.sandbox import messages
from autograder.sandbox.isolation import package_root

_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "VIRTUAL_ENV", "CONDA_PREFIX", "TERM")


def environment(home: str) -> dict[str, str]:
    """The scrubbed environment of student processes: no secrets, no settings of the caller's."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {"PYTHONDONTWRITEBYTECODE": "1", **kept, "HOME": home, "TMPDIR": home}


class Template:
    """A template process. `foreground` keeps it in the judge's session, with its terminal."""

    def __init__(self, foreground: bool = False) -> None:
        self.socket, theirs = messages.pair()
        scrubbed = environment("/nonexistent")
        del scrubbed["TMPDIR"]
        command = [sys.executable, "-P", "-m", "autograder.sandbox.template", str(theirs.fileno())]
        self.process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env={**scrubbed, "PYTHONPATH": package_root()},
            stdin=subprocess.DEVNULL,
            start_new_session=not foreground,
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
_template: Template | None = None
_owner = 0


def template(foreground: bool = False) -> Template:
    """The running template; a new one after a crash or in a forked copy of the judge.

    `foreground` matters only for the first call, which starts it.
    """
    global _template, _owner
    with _lock:
        alive = _template is not None and _owner == os.getpid() and _template.process.poll() is None
        if not alive or _template is None:
            if _template is not None and _owner == os.getpid():
                _template.close()
            _template, _owner = Template(foreground), os.getpid()
        return _template


def shut_down() -> None:
    """End the template of this process, if there is one."""
    global _template
    with _lock:
        if _template is not None and _owner == os.getpid():
            _template.close()
        _template = None


atexit.register(shut_down)
