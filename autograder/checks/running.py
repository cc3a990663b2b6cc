"""`run` and `sandbox`: from a function's name to the record of its run."""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from autograder.checks import words
from autograder.checks.diagnosis import diagnose
from autograder.checks.failure import CheckFailed
from autograder.checks.record import ProcessReport, Run
from autograder.checks.shipping import Sources, find, pickled_call
from autograder.errors import AutograderError, UsageError
from autograder.sandbox import Evidence, Limits, World
from autograder.sandbox.sealed import Sealed
from autograder.sandbox.watch import Watch

TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Student:
    """Stands for the student's function `name` in the arguments of `run`."""

    name: str


def student(name: str) -> Student:
    """The student's function, as an argument: `run(driver, student("send_frame"))`."""
    return Student(name)


def run(
    target: str | Callable[..., Any],
    *args: Any,
    stdin: bytes = b"",
    timeout: float = TIMEOUT,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    files: Mapping[str, bytes | str] | None = None,
    **kwargs: Any,
) -> Run:
    """Call `target` in a fresh world and return the record of it.

    `target` is a callable, or the name of one in the caller's globals or in `__main__`. `stdin`
    is what standard input holds, `timeout` in seconds. `files` are written into the world's
    folder first; one that begins with '#!' is made executable. Raises `CheckFailed` when there is
    no such function, `AutograderError` when the grader itself fails.
    """
    call = _call(target, args, kwargs, _caller())
    with World(processes=limits.processes, single=True) as world:
        _write_files(world.folder, files)
        return _record(call, _watch(world, call, stdin, timeout, limits), limits)


def run_labelled(
    name: str, target: Callable[..., Any], *args: Any, stdin: bytes, timeout: float
) -> Run:
    """Like `run`, called `name` in messages, with `evidence.chunks` telling who wrote what."""
    limits = Limits()
    call = _Call(name, target, args, {}, {})
    with World(processes=limits.processes, single=True) as world:
        watch = world.start(call.payload(), stdin, timeout, limits, labelled=True)
        world.pump(watch)
        return _record(call, watch, limits)


class Job:
    """A run that goes on while other things happen."""

    def __init__(self, world: World, call: "_Call", watch: Watch, limits: Limits) -> None:
        self._world, self._call, self._watch, self._limits = world, call, watch, limits

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        self._world.pump(self._watch, deadline=time.monotonic() + 0.001)
        return not self._watch.over

    def kill(self, number: int = 9) -> "Run":
        """Send a signal, else SIGKILL, to its first process, and wait for its end."""
        self._watch.kill(number)
        return self.wait()

    def signal(self, number: int) -> None:
        """Send a signal to its first process, and go on."""
        self._watch.kill(number)

    def wait(self) -> "Run":
        """Wait until it ends, and return the record of it."""
        self._world.pump(self._watch)
        return _record(self._call, self._watch, self._limits)


class Sandbox:
    """A world that is kept over several runs; `path` is its disk, which survives `reboot`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self._world = World(folder)

    def run(
        self,
        target: str | Callable[..., Any],
        *args: Any,
        stdin: bytes = b"",
        timeout: float = TIMEOUT,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        files: Mapping[str, bytes | str] | None = None,
        **kwargs: Any,
    ) -> Run:
        """Like `autograder.run`, in this world."""
        call = _call(target, args, kwargs, _caller())
        _write_files(self.path, files)
        return _record(call, _watch(self._world, call, stdin, timeout, limits), limits)

    def start(
        self,
        target: str | Callable[..., Any],
        *args: Any,
        stdin: bytes = b"",
        timeout: float = 60.0,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        files: Mapping[str, bytes | str] | None = None,
        **kwargs: Any,
    ) -> Job:
        """Start a run and do not wait for it; its time-out still ends it."""
        call = _call(target, args, kwargs, _caller())
        _write_files(self.path, files)
        watch = self._world.start(call.payload(), stdin, timeout, limits)
        return Job(self._world, call, watch, limits)

    def reboot(self) -> None:
        """End every process and every object in memory; the files in `path` stay."""
        self._world.close()
        self._world = World(self.path)

    def power_cut(self, run: Run) -> None:
        """Reboot, and take from the files in `path` what the last run, `run`, had changed through
        shared mappings and not written back (msync, fsync, sync): the worst case.

        What was written with write(2) stays. Raises `AutograderError` where it is not known what
        would be lost: calls are not watched there, or the file is too large.
        """
        if run.evidence.durable is None:
            raise AutograderError("power_cut: this machine does not let calls be watched")
        self.reboot()
        for each in run.evidence.unsynced:
            file = Path(each.path)
            if file.is_relative_to(self.path) and file.exists():
                if each.path not in run.evidence.images:
                    raise AutograderError(f"power_cut: {file.name} is too large")
                image, size = run.evidence.images[each.path], file.stat().st_size
                file.write_bytes(image[:size].ljust(size, b"\0"))

    def close(self) -> None:
        """End the world."""
        self._world.close()


@contextmanager
def sandbox() -> Iterator[Sandbox]:
    """A world for several runs: `with sandbox() as box: box.run("f")`."""
    with TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        box = Sandbox(Path(folder))
        try:
            yield box
        finally:
            box.close()


# -- the way to a record -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """A resolved call and how it is written in messages."""

    text: str
    function: Callable[..., Any] | Sealed
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    sources: Sources

    def payload(self) -> bytes:
        """The call as it travels into a world."""
        return pickled_call(self.text, self.function, self.args, self.kwargs, self.sources)


def _caller() -> FrameType:
    """The frame that called `run`, `box.run` or `box.start`."""
    return sys._getframe(2)


def _call(
    target: str | Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    frame: FrameType,
) -> _Call:
    values = [target, *args, *kwargs.values()]
    wanted = [item.name for item in values if isinstance(item, Student)]
    wanted += [target] if isinstance(target, str) else []
    name = target if isinstance(target, str) else getattr(target, "__name__", repr(target))
    shown = [item.name if isinstance(item, Student) else words.shorten(item) for item in args]
    shown += [f"{key}={words.shorten(value)}" for key, value in kwargs.items()]
    text = f"{name}({', '.join(shown)})"
    found, sources = find(wanted, frame, text)
    function = found[target] if isinstance(target, str) else target
    if not callable(function) and not isinstance(function, Sealed):
        raise CheckFailed(text, "a function", f"`{name}` is a {type(function).__name__}")

    def resolve(item: Any) -> Any:
        return found[item.name] if isinstance(item, Student) else item

    return _Call(
        text,
        function,
        tuple(resolve(item) for item in args),
        {key: resolve(value) for key, value in kwargs.items()},
        sources,
    )


def _write_files(folder: Path, files: Mapping[str, bytes | str] | None) -> None:
    for name, content in (files or {}).items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"files: {name!r} lies outside the world's folder")
        data = content.encode() if isinstance(content, str) else content
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        if data.startswith(b"#!"):
            path.chmod(0o755)


def _watch(world: World, call: _Call, stdin: bytes, timeout: float, limits: Limits) -> Watch:
    watch = world.start(call.payload(), stdin, timeout, limits)
    world.pump(watch)
    return watch


def _record(call: _Call, watch: Watch, limits: Limits) -> Run:
    return record_of(call.text, watch.evidence, limits)


def record_of(text: str, evidence: Evidence, limits: Limits) -> Run:
    """The record of a finished run, explained."""
    return Run(
        call=text,
        outcome=evidence.outcome,
        value=evidence.value,
        exception=evidence.exception,
        stdout=evidence.stdout,
        stderr=evidence.stderr,
        exit=evidence.exit,
        processes=_processes(evidence),
        leaks=tuple(evidence.leftovers),
        findings=diagnose(evidence, limits),
        events=tuple(evidence.events),
        snapshots=tuple(evidence.pictures),
        duration=evidence.duration,
        evidence=evidence,
    )


def _processes(evidence: Evidence) -> tuple[ProcessReport, ...]:
    """Everybody who was seen, in the state in which the run, or the process, ended."""
    return tuple(
        ProcessReport(inner, parent, command, state)
        for inner, parent, command, state in evidence.seen.values()
    )
