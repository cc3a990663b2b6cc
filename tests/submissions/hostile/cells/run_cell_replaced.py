"""Replaces the method with which the shell runs a cell."""

from IPython.core.interactiveshell import ExecutionResult, InteractiveShell


def seal(text):
    return ""


def pretend(self, *args, **kwargs):
    return ExecutionResult(None)


async def pretend_async(self, *args, **kwargs):
    return ExecutionResult(None)


InteractiveShell.run_cell = pretend
InteractiveShell.run_cell_async = pretend_async
InteractiveShell.run_code = pretend_async
