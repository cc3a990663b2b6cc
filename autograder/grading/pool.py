"""Workers: this process itself, processes of this machine, or whatever an executor offers.

A worker that dies takes down the pool that it belongs to (concurrent.futures.process); the pool is
replaced, and what was under way is tried again. A submission whose worker died three times is
named as the grader's failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from multiprocessing import get_context

from autograder.grading import worker
from autograder.grading.result import Result, Status
from autograder.grading.worker import Graded, Task

MOST_TRIES = 3


def carry_out(
    tasks: list[Task], jobs: int, executor: Executor | None = None
) -> Iterator[tuple[int, Graded]]:
    """Grade all `tasks`; what came of each, with its place in the list, as soon as it is done."""
    if executor is not None:
        yield from _Run(tasks, len(tasks)).on(executor)
    elif min(jobs, len(tasks)) <= 1:
        for index, task in enumerate(tasks):
            yield index, worker.grade(task)
    else:
        run = _Run(tasks, jobs)
        while run.tries:
            with ProcessPoolExecutor(
                min(jobs, len(run.tries)),
                get_context("spawn"),
                worker.prepare_process,
                (os.getpid(),),
            ) as processes:
                try:
                    yield from run.on(processes)
                except BaseException:
                    processes.shutdown(wait=False, cancel_futures=True)
                    raise


class _Run:
    """The tasks that are not done yet; `tries`: how often each, by its place, has been tried."""

    def __init__(self, tasks: list[Task], at_once: int) -> None:
        self.tasks = tasks
        self.tries = dict.fromkeys(range(len(tasks)), 0)
        self.at_once = at_once

    def on(self, executor: Executor) -> Iterator[tuple[int, Graded]]:
        """Work through them until all are done, or the executor is broken.

        No more are given out than are worked on, so that few have to be tried again.
        """
        queue = list(self.tries)
        working: dict[Future[Graded], int] = {}
        broken = False
        while working or (queue and not broken):
            while queue and not broken and len(working) < self.at_once:
                try:
                    working[executor.submit(worker.grade, self.tasks[queue[0]])] = queue[0]
                    queue.pop(0)
                except BrokenExecutor:
                    broken = True
            for future in wait(working, return_when=FIRST_COMPLETED).done:
                index = working.pop(future)
                error = future.exception()
                if error is None:
                    del self.tries[index]
                    yield index, future.result()
                elif isinstance(error, BrokenExecutor):
                    broken = True
                    yield from self._tried(index)
                else:
                    del self.tries[index]
                    yield index, _failed(self.tasks[index], f"{type(error).__name__}: {error}")

    def _tried(self, index: int) -> Iterator[tuple[int, Graded]]:
        self.tries[index] += 1
        if self.tries[index] >= MOST_TRIES:
            del self.tries[index]
            why = "the process that graded it was killed, three times"
            yield index, _failed(self.tasks[index], why)


def _failed(task: Task, why: str) -> Graded:
    result = Result(task.assignment, task.student, Status.FAILED, notes=(why.splitlines()[0],))
    return Graded(result)
