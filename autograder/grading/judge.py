"""The grader's side of the judge's interpreter: started once, asked for one notebook at a time.

One judge serves a process for all its notebooks, which saves the start of a kernel for each. One
that dies, or that does not answer in time, is replaced.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from typing import Any

from autograder.errors import AutograderError
from autograder.notebook import judge_interpreter
from autograder.sandbox import messages
from autograder.sandbox.isolation import package_root

START_SECONDS = 60.0
CLOSE_SECONDS = 5.0


class JudgeDied(AutograderError):
    """The judge's interpreter ended, or was ended because it did not answer."""


class Judge:
    """A running judge interpreter; it is waited for when it is first asked."""

    def __init__(self) -> None:
        self.socket, theirs = messages.pair()
        command = [sys.executable, "-P", "-m", judge_interpreter.__name__, str(theirs.fileno())]
        self.process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env={**os.environ, "PYTHONPATH": package_root()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        self._ready = False

    def ask(self, request: dict[str, Any], timeout: float) -> dict[str, Any]:
        """Its answer. Raises `JudgeDied`, or TimeoutError, after which it is ended."""
        if not self._ready:
            self._receive(START_SECONDS)
            self._ready = True
        try:
            judge_interpreter.send(self.socket, request)
        except OSError as error:
            self.kill()
            raise JudgeDied(f"the judge's interpreter is gone ({error})") from error
        return self._receive(timeout)

    def _receive(self, timeout: float) -> dict[str, Any]:
        self.socket.settimeout(timeout)
        try:
            answer = judge_interpreter.receive(self.socket)
        except TimeoutError:
            self.kill()
            raise
        except OSError as error:
            self.kill()
            raise JudgeDied(f"the judge's interpreter is gone ({error})") from error
        if answer is None:
            self.kill()
            raise JudgeDied("the judge's interpreter has ended")
        return answer

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End it at once; its worlds end with it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.socket.close()

    def close(self) -> None:
        """Let it end its worlds and leave."""
        self.socket.close()
        try:
            self.process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


_lock = threading.Lock()
_judge: Judge | None = None
_owner = 0


def the_judge() -> Judge:
    """This process's judge; a new one after a death, or in a forked copy of the process."""
    global _judge, _owner
    with _lock:
        if _judge is None or _owner != os.getpid() or not _judge.alive:
            _judge, _owner = Judge(), os.getpid()
        return _judge


def dismiss() -> None:
    """End this process's judge, if there is one."""
    global _judge
    with _lock:
        if _judge is not None and _owner == os.getpid() and _judge.alive:
            _judge.close()
        _judge = None


atexit.register(dismiss)
