"""Bytes that did not arrive: left in a buffer, written twice, or kept in a private mapping."""

import os

from autograder.checks import words
from autograder.checks.finding import Finding
from autograder.sandbox import Evidence
from autograder.sandbox.evidence import Copied, Doubled, Lost, Unsynced

_MOST = 5


def explain_losses(evidence: Evidence) -> list[Finding]:
    """What buffers lost or doubled, and what private mappings kept; one finding a place."""
    lost = {(each.fd, each.file, each.line): each for each in reversed(evidence.lost)}
    doubled = {(each.parent, each.fd): each for each in reversed(evidence.doubled)}
    copied = {each.path: each for each in reversed(evidence.copied)}
    return [
        *(_lost(each) for each in list(lost.values())[:_MOST]),
        *(_doubled(each, evidence) for each in list(doubled.values())[:_MOST]),
        *(_copied(each) for each in list(copied.values())[:_MOST]),
    ]


def _lost(lost: Lost) -> Finding:
    what = f"{lost.size:,} byte{'s' if lost.size != 1 else ''}"
    begin = f", beginning with {words.shorten(lost.text)}" if lost.text else ""
    held = f" (`{lost.variable}`)" if lost.variable else ""
    call = "_exit" if lost.how == "_exit" else "exec"
    where = f" at {words.quoted(lost.file, lost.line)}" if lost.line else ""
    explanation = (
        f"Process {lost.pid} had printed {what} for descriptor {lost.fd}{held}{begin} that were "
        f"still in its own buffer when it called {call}{where}. They were never written."
    )
    flush = f"`{lost.variable or 'stream'}.flush()`" if lost.file else "`fflush(NULL)`"
    before = words.place(lost.file, lost.line) if lost.line else f"{call} is called"
    return Finding(
        "unflushed-output",
        explanation,
        f"Add {flush} before {before}, or end with exit, which flushes."
        if lost.how == "_exit"
        else f"Add {flush} before {before}.",
        {
            "pid": lost.pid,
            "fd": lost.fd,
            "bytes": lost.size,
            "text": lost.text or None,
            "how": lost.how,
            "variable": lost.variable or None,
            "file": lost.file or None,
            "line": lost.line or None,
        },
    )


def _doubled(doubled: Doubled, evidence: Evidence) -> Finding:
    what = f"{doubled.size:,} byte{'s' if doubled.size != 1 else ''}"
    begin = f", beginning with {words.shorten(doubled.text)}," if doubled.text else ""
    forks = [
        event for event in evidence.events if event.kind == "fork" and event.inner == doubled.parent
    ]
    where = f" at {words.quoted(forks[-1].file, forks[-1].line)}" if forks else ""
    line = words.place(forks[-1].file, forks[-1].line) if forks else "the fork"
    return Finding(
        "duplicated-output",
        f"When process {doubled.parent} forked{where}, {what}{begin} waited in its buffer for "
        f"descriptor {doubled.fd}. Its child, process {doubled.pid}, got a copy of the buffer, and "
        "both processes wrote it out.",
        f"Flush before {line} (flush() in Python, fflush(NULL) in C), or end the child with _exit.",
        {
            "pid": doubled.pid,
            "parent": doubled.parent,
            "fd": doubled.fd,
            "bytes": doubled.size,
            "text": doubled.text or None,
            "line": forks[-1].line if forks else None,
        },
    )


def _copied(copied: Copied) -> Finding:
    facts: dict[str, object] = {
        "pid": copied.pid,
        "path": copied.path,
        "offset": copied.offset,
        "length": copied.length,
        "copied": copied.size,
        "sign": copied.sign,
    }
    what = f"{copied.size:,} byte{'s' if copied.size != 1 else ''}"
    if copied.path is None:
        return Finding(
            "private-mapping",
            f"Process {copied.pid} wrote {what} into memory ({copied.length:,} bytes) that its "
            "parent had mapped before the fork, with MAP_PRIVATE. The child got a copy of each "
            "page at its first write; the parent still sees what was there before.",
            "Map it with MAP_SHARED | MAP_ANONYMOUS before the fork.",
            facts,
        )
    name = os.path.basename(copied.path)
    return Finding(
        "private-mapping",
        f"Process {copied.pid} mapped `{name}` with MAP_PRIVATE and wrote {what}, the first at "
        f"offset {copied.offset:,}. They are in a copy of its own: neither the file nor anybody "
        f"else who maps it has them ({copied.sign}).",
        f"Map `{name}` with MAP_SHARED.",
        facts,
    )


def never_synced(unsynced: Unsynced) -> Finding:
    """The finding for an exercise that promises to survive a power cut."""
    name = os.path.basename(unsynced.path)
    what = f"{unsynced.size:,} byte{'s' if unsynced.size != 1 else ''}"
    return Finding(
        "never-synced",
        f"Process {unsynced.pid} mapped `{name}` and changed it, and the last msync (or fsync) "
        f"came before the last change: {what} from offset {unsynced.offset:,} on are in memory "
        "alone. Other processes see them; after a power cut they are gone.",
        "Call msync with MS_SYNC (flush() in Python) behind the last change that must be kept.",
        {
            "pid": unsynced.pid,
            "path": unsynced.path,
            "offset": unsynced.offset,
            "length": unsynced.size,
        },
    )


def lost_update(found: int, made: int) -> Finding:
    """The finding for a shared counter that counts fewer updates than were made."""
    lost = made - found
    return Finding(
        "lost-update",
        f"The processes made {made:,} updates, and the value in shared memory counts {found:,}: "
        f"{lost:,} {'is' if lost == 1 else 'are'} lost. Two processes read the same value before "
        "either of them had written, and both wrote the same result.",
        "Let one semaphore or lock, the same for every process, cover all of it: reading, adding "
        "and writing.",
        {"expected": made, "found": found},
    )
