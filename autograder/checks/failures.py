"""Processes that failed: by an exception, with an error message, or by a signal.

A failure that was handled is none. What a process said or died of counts only where nobody made
good for it: see `_failed_unhandled`.
"""

import errno
import os
import signal

from autograder.checks import words
from autograder.checks.finding import Finding
from autograder.sandbox import Evidence, ExceptionRecord, Outcome
from autograder.sandbox.evidence import Complaint
from autograder.sandbox.limits import UNLIMITED, Limits


def explain_failures(evidence: Evidence, limits: Limits) -> list[Finding]:
    """One finding for each mistake, however many processes met it."""
    found = [
        *_raised(evidence, limits),
        *_complaints(evidence, limits),
        *_crashed(evidence),
        *_limited(evidence, limits),
    ]
    # A message says more than the limit behind it.
    if any(finding.id == "memory-limit" for finding in found):
        found = [*(each for each in found if each.id != "memory-limit"), _first_memory(found)]
    seen: dict[tuple[str, object], Finding] = {}
    for finding in found:
        seen.setdefault((finding.id, finding.evidence.get("line")), finding)
    return list(seen.values())


def _first_memory(found: list[Finding]) -> Finding:
    return next(finding for finding in found if finding.id == "memory-limit")


def _raised(evidence: Evidence, limits: Limits) -> list[Finding]:
    """Exceptions that left the student's function, in whatever process."""
    records = list(evidence.child_exceptions)
    if evidence.exception is not None and evidence.outcome is Outcome.RAISED:
        records.insert(0, evidence.exception)
    found = (_exception(record, evidence, limits) for record in records)
    return [finding for finding in found if finding is not None]


def _exception(record: ExceptionRecord, evidence: Evidence, limits: Limits) -> Finding | None:
    frame = words.own_frame(tuple(reversed(record.frames)))
    code = errno.ENOMEM if "MemoryError" in record.types else record.errno
    return _error(
        code,
        record.inner or evidence.first_inner,
        str(record),
        (frame.file, frame.line) if frame else ("", 0),
        limits,
    )


def _complaints(evidence: Evidence, limits: Limits) -> list[Finding]:
    """Error messages behind which a process ended with a code that is not 0."""
    raised = {record.inner for record in evidence.child_exceptions}
    found = []
    for complaint in evidence.complaints:
        if complaint.pid in raised or not _failed_unhandled(complaint, evidence):
            continue
        place = (complaint.file, complaint.line)
        finding = _error(complaint.errno, complaint.pid, complaint.text, place, limits)
        if finding is not None:
            found.append(finding)
    return found


def _failed_unhandled(complaint: Complaint, evidence: Evidence) -> bool:
    """Whether nobody made good for the failure.

    A writer whose reader has enough is ended by EPIPE on purpose: only the program itself, not
    the stages that it executes, is taken at its word, and only while its own output is read. A
    tool of the system that complains counts when the program as a whole fails.
    """
    if complaint.code < 0 and not _aborted(complaint.pid, evidence):
        return False
    own = complaint.pid == evidence.first_inner or not complaint.executed
    if complaint.errno == errno.EPIPE:
        return own and not complaint.system and not evidence.unread
    return not complaint.system or _failed(evidence)


def _aborted(pid: int, evidence: Evidence) -> bool:
    """Whether a process ended itself by abort."""
    if pid == evidence.first_inner:
        return evidence.outcome is Outcome.KILLED and evidence.exit.signal == signal.SIGABRT
    return any(each.pid == pid and each.signal == signal.SIGABRT for each in evidence.crashes)


def _failed(evidence: Evidence) -> bool:
    """Whether the program as a whole failed."""
    if evidence.outcome is Outcome.EXITED:
        return evidence.exit.code != 0
    return evidence.outcome in (Outcome.RAISED, Outcome.KILLED)


def _error(
    code: int | None, pid: int, text: str, place: tuple[str, int], limits: Limits
) -> Finding | None:
    file, line = place
    where = f" at {words.quoted(file, line)}" if line else ""
    there = words.place(file, line) if line else "the line where it failed"
    who = f"Process {pid}"
    facts: dict[str, object] = {
        "pid": pid,
        "errno": code,
        "file": file or None,
        "line": line or None,
    }
    if code == errno.EBADF:
        return Finding(
            "bad-descriptor",
            f"{who} failed{where}: {text}. The descriptor it used is closed in this process, or "
            "is open for the other direction.",
            f"Check, in {there}, that the read end ([0]) is read, the write end ([1]) is written, "
            "and that neither was closed before.",
            facts,
        )
    if code == errno.EPIPE:
        return Finding(
            "broken-pipe",
            f"{who} failed{where}: {text}. Every read end of that pipe was closed already.",
            "Keep a reader's end open until everything is written, or handle the error in "
            f"{there} if the reader may stop early.",
            facts,
        )
    if code == errno.EFBIG and limits.file_size < UNLIMITED:
        facts |= {"limit": "file-size-limit", "allowed": limits.file_size, "unit": "bytes"}
        grown = f"{who} failed{where}: a file would have grown beyond {limits.file_size:,} bytes."
        return Finding("file-size-limit", grown, "Look for a loop that writes on.", facts)
    if code == errno.ENOMEM and limits.memory < UNLIMITED:
        facts |= {"limit": "memory-limit", "allowed": limits.memory, "unit": "bytes"}
        asked = f"{who} failed{where}: it asked for more memory than the {limits.memory:,} bytes"
        hint = f"Look at {there}: how much is kept there?"
        return Finding("memory-limit", f"{asked} that the limit allows.", hint, facts)
    return None


def _crashed(evidence: Evidence) -> list[Finding]:
    """Processes that a signal ended which the kernel sent them. A pipe without readers ends a
    child on purpose too (`yes | head`): that counts only when the program as a whole fails."""
    found = []
    if evidence.outcome is Outcome.KILLED and not evidence.unread:
        finding = _signal(evidence.exit.signal, evidence.first_inner, evidence)
        found += [finding] if finding else []
    for crash in evidence.crashes:
        broken = crash.signal == signal.SIGPIPE
        if crash.system or (broken and (crash.executed or not _failed(evidence))):
            continue
        finding = _signal(crash.signal, crash.pid, evidence)
        found += [finding] if finding else []
    return found


def _limited(evidence: Evidence, limits: Limits) -> list[Finding]:
    """Limits that processes met other than the first one, or in other ways than by a signal."""
    found = []
    for crash in evidence.crashes:
        who = f"Process {crash.pid}"
        if crash.signal == signal.SIGXCPU and limits.cpu < UNLIMITED:
            facts = {"pid": crash.pid, "limit": "cpu-limit", "allowed": limits.cpu}
            text = f"{who} was ended: it had used more than {limits.cpu} s of processor time."
            hint = "Look for a loop that does not end."
            found.append(Finding("cpu-limit", text, hint, facts | {"unit": "seconds"}))
        if crash.signal == signal.SIGXFSZ and limits.file_size < UNLIMITED:
            facts = {"pid": crash.pid, "limit": "file-size-limit", "allowed": limits.file_size}
            text = f"{who} was ended: a file would have grown beyond {limits.file_size:,} bytes."
            hint = "Look for a loop that writes and does not end."
            found.append(Finding("file-size-limit", text, hint, facts | {"unit": "bytes"}))
    for refused in evidence.refused if _failed(evidence) else ():
        facts = {"pid": refused.pid, "limit": "memory-limit", "allowed": refused.limit}
        text = (
            f"Process {refused.pid} wanted {refused.wanted:,} bytes of memory in all; the limit is "
            f"{refused.limit:,}."
        )
        hint = "Look at what grows without an end, or is much larger than it need be."
        facts |= {"reached": refused.wanted, "unit": "bytes"}
        found.append(Finding("memory-limit", text, hint, facts))
    return found


def _signal(number: int | None, pid: int, evidence: Evidence) -> Finding | None:
    who = f"Process {pid}"
    facts: dict[str, object] = {"pid": pid, "signal": number}
    if pid in evidence.on_purpose:
        return None
    if number == signal.SIGPIPE:
        text = f"{who} was ended by SIGPIPE: it wrote to a pipe whose every read end was closed."
        return Finding("broken-pipe", text, "Keep the read end open while you write.", facts)
    if number == signal.SIGSEGV:
        text = f"{who} was ended by SIGSEGV: it touched memory that is not mapped for that use."
        hint = "Look for a memoryview or pointer that is used after detach, close or munmap."
        return Finding("segmentation-fault", text, hint, facts)
    if number == signal.SIGBUS:
        return _bus_error(who, facts, evidence)
    return None


def _bus_error(who: str, facts: dict[str, object], evidence: Evidence) -> Finding:
    text = f"{who} was ended by SIGBUS: it touched a mapped page past the end of the file."
    hint = "Give the file its full size (ftruncate) before it is mapped, and never shrink it below."
    if len(evidence.short) == 1:
        (file,) = evidence.short
        name = os.path.basename(file.path)
        facts |= {"path": file.path, "file_size": file.size, "mapped": file.mapped}
        text += (
            f" `{name}` was mapped up to byte {file.mapped:,}, but it has only {file.size:,} bytes."
        )
        hint = (
            f"Give `{name}` its full size (ftruncate to {file.mapped:,} bytes) before it is "
            "mapped, and never shrink it while somebody maps it."
        )
    return Finding("bus-error", text, hint, facts)
