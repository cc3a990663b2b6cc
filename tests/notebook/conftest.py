"""Real kernels: cells executed one after the other, and one kernel that is talked to directly."""

import asyncio
import queue
from collections.abc import Callable, Iterator
from typing import Any

import nbclient
import nbformat
import pytest
from jupyter_client.manager import KernelManager
from kernels import warm_jupyter  # noqa: F401 - a fixture

Execute = Callable[..., list[Any]]
SECONDS = 60  # when a kernel that does not answer is given up

SETUP = """
import os
from autograder import run, snapshot

def echo(data):
    return data.upper()

def hang():
    r, w = os.pipe()
    while os.read(r, 10):
        pass
"""


@pytest.fixture(scope="module")
def execute() -> Execute:
    def outputs(*sources: str) -> list[Any]:
        """The outputs of the last of `sources`, each a cell of one notebook."""
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, *sources)]
        client = nbclient.NotebookClient(notebook, allow_errors=True, kernel_name="python3")
        asyncio.run(client.async_execute())
        for cell in notebook.cells:
            for output in cell.outputs:
                assert output.get("name") != "stderr", output.text
        return list(notebook.cells[-1].outputs)

    return outputs


class Kernel:
    """A kernel of its own: `send` begins a cell, `finish` waits for what comes of it."""

    def __init__(self) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=SECONDS)
        self.pid = int(self.manager.provisioner.pid)

    def send(self, source: str) -> str:
        """Begin to execute a cell; the number of the request."""
        return str(self.client.execute(source))

    def message(self) -> Any:
        """The next message that the kernel publishes."""
        try:
            return self.client.get_iopub_msg(timeout=SECONDS)
        except queue.Empty:
            pytest.fail("the kernel is silent")

    def finish(self, request: str) -> list[Any]:
        """All that is published for a request until it is over."""
        found = []
        while True:
            message = self.message()
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["content"].get("execution_state") == "idle":
                return found
            found.append(message)

    def run(self, source: str) -> str:
        """Execute a cell; everything that it printed, or the name of its error."""
        messages = self.finish(self.send(source))
        return "".join(
            str(message["content"].get("text") or message["content"].get("ename") or "")
            for message in messages
        )

    def close(self) -> None:
        """End it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    """A kernel for one test."""
    started = Kernel()
    yield started
    started.close()
