"""Bytes between a process and a pipe or file: lost, doubled, without a reader, at the wrong end."""

import errno
import signal

from autograder.checks import Finding, Run
from autograder.draw import facts
from autograder.draw.canvas import MARGIN, Canvas
from autograder.draw.drawing import Drawing, finish
from autograder.draw.flow import WIDTH, Station, draw_flow, sketch_flow, tell
from autograder.draw.lettering import bytes_in_words, shorten

_TOP = float(MARGIN)


def draw_unflushed(run: Run, finding: Finding) -> Drawing | None:
    """The buffer that was given up with the process. Reads `pid`, `fd`, `bytes` and `text`."""
    chain = [
        Station("process", facts.process(finding), ("ended, no flush",), gone=True),
        Station("buffer", "its buffer", _content(finding, "lost"), cut=True, marked=True),
        _descriptor(finding),
        Station("file", "pipe or file", ("got nothing of it",)),
    ]
    return _flow("Bytes that never left the buffer", [chain])


def draw_duplicated(run: Run, finding: Finding) -> Drawing | None:
    """One buffer, copied by fork, written twice. Reads `pid`, `parent`, `fd`, `bytes`, `text`."""
    content = _content(finding, "")
    parent = facts.number(finding, "parent")
    first = f"process {parent}" if parent else "the parent"
    chains = [
        [Station("process", first), Station("buffer", "its buffer", content)],
        [
            Station("process", facts.process(finding), ("forked child",)),
            Station("buffer", "its copy", content, marked=True),
        ],
    ]
    end = [_descriptor(finding), Station("file", "pipe or file", ("got the bytes twice",))]
    return _flow("One buffer, written by two processes", chains, end)


def draw_broken_pipe(run: Run, finding: Finding) -> Drawing | None:
    """A pipe without a reader. Reads `pid`, `fd`, `errno` and `signal`."""
    how = _cause(finding, "EPIPE or SIGPIPE")
    chain = [
        Station("process", facts.process(finding), ("writes", how)),
        _descriptor(finding),
        Station("pipe", "pipe", ("every read end is closed",), cut=True),
        Station("process", "a reader", ("there is none",), gone=True),
    ]
    return _flow("A pipe that nobody reads", [chain])


def draw_bad_descriptor(run: Run, finding: Finding) -> Drawing | None:
    """A number that leads nowhere, or the wrong way. Reads `pid`, `fd` and `errno`."""
    chain = [
        Station("process", facts.process(finding), ("reads or writes", _cause(finding, "EBADF"))),
        _descriptor(finding, "closed, or open for the other direction", cut=True),
        Station("pipe", "pipe or file", ("not reached",), gone=True),
    ]
    return _flow("A descriptor that cannot be used so", [chain])


def draw_never_synced(run: Run, finding: Finding) -> Drawing | None:
    """Dirty pages that no call has sent to the disk. Reads `pid`, `path` and `length` (bytes)."""
    length, path = facts.number(finding, "length"), facts.string(finding, "path")
    count = facts.pages(length or 0)
    size = (f"{count:,} page{'s' if count > 1 else ''} mapped",) if length else ()
    name = shorten(path.rpartition("/")[2], 18) if path else "file"
    chain = [
        Station("process", facts.process(finding), ("writes to memory",)),
        Station("buffer", "pages in memory", ("dirty: not on disk", *size), cut=True, marked=True),
        Station("file", f"disk: {name}", ("no msync, no fsync",), gone=True),
    ]
    return _flow("Pages between memory and disk", [chain])


def _flow(title: str, chains: list[list[Station]], end: list[Station] | None = None) -> Drawing:
    canvas = Canvas(WIDTH)
    draw_flow(canvas, _TOP, chains, end or [])
    words = [tell([*chain, *(end or [])]) for chain in chains]
    return finish(title, canvas, words, sketch_flow(chains, end or []))


def _descriptor(finding: Finding, *lines: str, cut: bool = False) -> Station:
    fd = facts.number(finding, "fd")
    title = "descriptor" if fd is None else f"descriptor {fd}"
    return Station("descriptor", title, lines, cut=cut, marked=cut)


def _content(finding: Finding, what: str) -> tuple[str, ...]:
    """What is known of a buffer: how many bytes, and how they begin."""
    count, text = facts.number(finding, "bytes"), facts.string(finding, "text")
    lines = []
    if count is not None:
        lines.append(f"{bytes_in_words(count)} {what}".strip())
    elif what:
        lines.append(what)
    if text:
        lines.append(repr(shorten(text, 20)))
    return tuple(lines)


def _cause(finding: Finding, otherwise: str) -> str:
    """The error or signal by name: 'fails: EPIPE', 'ended by SIGPIPE'."""
    code, number = facts.number(finding, "errno"), facts.number(finding, "signal")
    if code is not None and code in errno.errorcode:
        return f"fails: {errno.errorcode[code]}"
    if number in {int(each) for each in signal.Signals}:
        return f"ended by {signal.Signals(number).name}"
    return f"fails: {otherwise}"
