"""A forked child that runs out of the student's code ends there: it is no second kernel.

`os.fork()` in a plain cell copies the kernel. A child that ends itself (`os._exit`, an exec, any
of multiprocessing's) is left alone. One that comes to the end of its cell, raises an exception
there, or awaits, would go on as a kernel, on the sockets of the real one. It ends instead, and
leaves a word with its kernel: see `fork_notice`.

Where a child is caught depends on where it was forked:

- in a cell: where `run_ast_nodes`, which executes one, gives control away;
- in a thread, a task or a widget's callback: where the outermost frame of the student's own code
  returns. Those frames are running already, so only a trace function can tell.
"""

import atexit
import contextlib
import os
import sys
import types
from collections.abc import Coroutine, Generator
from types import FrameType
from typing import Any

from autograder.checks import words
from autograder.notebook.fork_notice import Board
from autograder.sandbox.exit_codes import exit_code

# Who calls the student's code: a child that returns to one of these has left it.
_CALLERS = {
    "IPython",
    "asyncio",
    "comm",
    "concurrent",
    "ipykernel",
    "ipywidgets",
    "multiprocessing",
    "threading",
    "tornado",
    "traitlets",
    "zmq",
}
_ENDS_ITSELF = {"multiprocessing.popen_fork", "multiprocessing.forkserver"}


class ForkGuard:
    """Watches over one kernel's shell, from now to the end of the process."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.board = Board(shell)
        self.place = ""
        self.told = 0  # by Python's own fork, which a call of the C library's does not
        self._run_nodes = shell.run_ast_nodes
        self._show_traceback = shell.showtraceback
        shell.run_ast_nodes = self._guarded
        shell.showtraceback = self._raised
        os.register_at_fork(before=self.board.remember_request, after_in_child=self._in_child)

    async def _guarded(self, *args: Any, **options: Any) -> Any:
        return await self._steps(self._run_nodes(*args, **options))

    @types.coroutine
    def _steps(self, cell: Coroutine[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Execute a cell; whoever gives control away without having begun it was forked in it."""
        owner = os.getpid()
        error: BaseException | None = None
        while True:
            how = "end"
            try:
                waited = cell.send(None) if error is None else cell.throw(error)
                how = "await"
            except StopIteration as stop:
                return stop.value
            finally:
                if os.getpid() != owner:
                    self._leave(how)
                if how == "end":
                    self.board.show()
            error = None
            try:
                yield waited
            except BaseException as thrown:
                error = thrown

    def _raised(self, *args: Any, **options: Any) -> Any:
        if os.getpid() != self.board.kernel:
            self._leave("raised", sys.exc_info()[1])
        return self._show_traceback(*args, **options)

    # -- in the child --------------------------------------------------------------------------

    def _in_child(self) -> None:
        stack = list(_frames(sys._getframe(1)))
        if any(frame.f_globals.get("__name__") in _ENDS_ITSELF for frame in stack):
            return
        own = (frame for frame in stack if self._in_cell(frame))
        place = next(((frame.f_code.co_filename, frame.f_lineno) for frame in own), None)
        self.place = words.quoted(*place) if place else ""
        self.shell.history_manager.enabled = False
        self.shell.kernel._allow_stdin = False  # input() would wait on the kernel's own socket
        self.told = os.getpid()
        atexit.register(self._leave, "end")  # for one that unwinds the kernel itself
        if not any(frame.f_code is _STEPS for frame in stack):
            self._end_with(_outermost(stack))

    def _in_cell(self, frame: FrameType) -> bool:
        return self.shell.compile.format_code_name(frame.f_code.co_filename) is not None

    def _end_with(self, target: FrameType) -> None:
        """End this process when a frame that is running gives control away."""
        error: BaseException | None = None

        def look(_: FrameType, event: str, about: Any) -> Any:
            nonlocal error
            if event == "return":
                self._leave("raised" if error else "end", error)
            error = about[1] if event == "exception" else None  # a line after it: it was handled
            return look

        target.f_trace = look
        sys.settrace(lambda *_: None)  # without one, no frame is traced

    def _leave(self, how: str, error: BaseException | None = None) -> None:
        """End this process as its last line would have, and say so."""
        sys.settrace(None)
        code = 0
        if isinstance(error, SystemExit):
            how, code = "exit", exit_code(error)
        elif error is not None:
            code = 1
        with contextlib.suppress(Exception):  # whatever the student did to them: the end comes
            for stream in (sys.stdout, sys.stderr) if self.told == os.getpid() else ():
                stream.flush()
        with contextlib.suppress(Exception):
            if not isinstance(error, KeyboardInterrupt):
                self.board.write(how, error, self.place)
        os._exit(code)


def _frames(frame: FrameType | None) -> Generator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _outermost(stack: list[FrameType]) -> FrameType:
    """The frame of the student that a library called; the innermost where there is none."""
    target = stack[0]
    for frame in stack:
        if str(frame.f_globals.get("__name__", "")).partition(".")[0] in _CALLERS:
            break
        target = frame
    return target


_STEPS = ForkGuard._steps.__code__
