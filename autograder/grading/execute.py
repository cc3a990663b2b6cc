"""The notebook run to its end, even past a dead kernel.

A nbgrader plug-in in place of Execute. nbclient gives a notebook up when its kernel dies, and waits
out the time limit for every later cell when a kernel hangs and ignores the interrupt. Here the
cell that did it gets an error, a fresh kernel runs the student's earlier cells again (not the
checks), and the next cell goes on from there.
"""

from __future__ import annotations

import copy
import os
import subprocess
import time
from queue import Empty
from typing import Any

from jupyter_core.utils import ensure_async, run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import v4
from nbgrader import utils
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Integer

from autograder.checks.seeds import STUDENT_VARIABLE

UNREADABLE = "unreadable"  # key under metadata.autograder: why there is nothing to execute
# Names of the errors that this module puts into a cell.
NOT_GRADED, KERNEL_DIED, NOT_EXECUTED = "NotGraded", "KernelDied", "NotExecuted"
ENDED_EARLY = frozenset({KERNEL_DIED, NOT_EXECUTED})
TIMED_OUT = "CellTimeoutError"  # nbgrader's own, of a cell that the interrupt did end


def error_output(name: str, text: str) -> Any:
    """Return an error output that says one sentence and has no traceback."""
    return v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


class Execute(NbgraderExecute):  # type: ignore[misc]
    """nbgrader preprocessor: executes a notebook; every check cell has a result afterwards."""

    max_output = Integer(1_000_000, help="Characters of output kept for one cell.").tag(config=True)
    max_restarts = Integer(5, help="How many kernels one notebook may use up.").tag(config=True)
    grace = Integer(5, help="Seconds in which a kernel must answer after an interrupt.").tag(
        config=True
    )

    def preprocess(self, nb: Any, resources: Any = None, km: Any = None) -> tuple[Any, Any]:
        fault = nb.metadata.get("autograder", {}).get(UNREADABLE)
        if fault:
            for cell in nb.cells:
                if cell.cell_type == "code" and utils.is_grade(cell):
                    cell.outputs = [error_output(NOT_GRADED, fault)]
            return nb, resources
        self._restarts = 0
        self._killers: set[int] = set()
        return super().preprocess(nb, resources, km)  # type: ignore[no-any-return]

    def start_new_kernel(self, **kwargs: Any) -> None:
        """Start the kernel; what it writes beside the cells' output goes nowhere."""
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **kwargs}
        student = self.resources.get("nbgrader", {}).get("student")
        if student:  # seeded inputs are this student's, whoever grades
            options["env"] = {**os.environ, STUDENT_VARIABLE: student}
        super().start_new_kernel(**options)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        if self._restarts > self.max_restarts:
            self._mark(cell, NOT_EXECUTED, "the cells before this one ended the kernel too often")
            return cell, resources
        too_long = f"the cell ran longer than {self.timeout} s and ignored the interrupt"
        self._kept = 0
        try:
            done = super().preprocess_cell(cell, resources, index)
            if not self._timed_out(cell) or self._answers():
                return done  # type: ignore[no-any-return]
            reason = too_long
        except CellTimeoutError:
            reason = too_long
        except DeadKernelError:
            reason = "the cell ended the kernel that executed it"
        self._mark(cell, KERNEL_DIED, reason)
        self._killers.add(index)
        self._start_again(index)
        return cell, resources

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Keep the first `max_output` characters of what a cell prints: a flood fills memory."""
        if msg["msg_type"] == "stream":
            before, self._kept = self._kept, self._kept + len(msg["content"]["text"])
            if before > self.max_output:
                return None
            if self._kept > self.max_output:
                msg["content"]["text"] = msg["content"]["text"][: self.max_output - before]
                msg["content"]["text"] += "\n... the rest of the output was cut off ...\n"
        return super().process_message(msg, cell, cell_index)

    def _mark(self, cell: Any, name: str, text: str) -> None:
        if cell.cell_type == "code":
            cell.outputs.append(error_output(name, text))

    def _timed_out(self, cell: Any) -> bool:
        return any(out.get("ename") == TIMED_OUT for out in cell.get("outputs", []))

    async def _async_answers(self) -> bool:
        """Tell whether the kernel is free again: it answers on the channel that executes."""
        request = await ensure_async(self.kc.kernel_info())
        deadline = time.monotonic() + self.grace
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=left))
            except Empty:
                return False
            if reply["parent_header"].get("msg_id") == request:
                return True
        return False

    async def _async_end_kernel(self) -> None:
        await ensure_async(self.km.shutdown_kernel(now=True))
        await self._async_cleanup_kernel()

    _answers = run_sync(_async_answers)
    _end_kernel = run_sync(_async_end_kernel)

    def _start_again(self, until: int) -> None:
        """Start a fresh kernel and bring it to where the old one was before the cell `until`."""
        self._restarts += 1
        if self._restarts > self.max_restarts:
            return
        self._end_kernel()
        self.km = self.create_kernel_manager()
        self.start_new_kernel()
        self.start_new_kernel_client()
        for index, cell in enumerate(self.nb.cells[:until]):
            if index in self._killers or utils.is_grade(cell) or self._timed_out(cell):
                continue
            self._kept = 0
            try:
                self.execute_cell(copy.deepcopy(cell), index)
            except (DeadKernelError, CellTimeoutError):
                self._restarts = self.max_restarts + 1
                return
