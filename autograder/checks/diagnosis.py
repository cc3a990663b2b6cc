"""From the evidence of a run to its findings. No evidence, no finding."""

from autograder.checks import words
from autograder.checks.deadlocks import explain_deadlocks
from autograder.checks.failures import explain_failures
from autograder.checks.finding import Finding
from autograder.checks.losses import explain_losses
from autograder.checks.timeouts import explain_polling, explain_timeout
from autograder.sandbox import Evidence, Outcome
from autograder.sandbox.limits import Limits

_LEAKS = {
    "segment": ("segment-leaked", "Remove it when the last user is done, in a `finally` block."),
    "semaphore": ("semaphore-leaked", "Remove it when the last user is done, in `finally`."),
    "queue": ("semaphore-leaked", "Remove it when the last user is done, in `finally`."),
    "fifo": ("fifo-left-behind", "Call os.unlink on its path when nobody needs it any more."),
    "socket": ("fifo-left-behind", "Call os.unlink on its path when nobody needs it any more."),
}


def diagnose(evidence: Evidence, limits: Limits) -> tuple[Finding, ...]:
    """All findings of a run, the most telling first."""
    failures = explain_failures(evidence, limits)
    failed = {finding.evidence.get("pid") for finding in failures}
    found = [
        *_stuck(evidence),
        *_limits(evidence, limits),
        *failures,
        *_ran_on(evidence),
        *explain_polling(evidence),
        *explain_losses(evidence),
        *_zombies(evidence, failed),
        *_leaks(evidence),
    ]
    return tuple(found)


def _stuck(evidence: Evidence) -> list[Finding]:
    if evidence.stuck is None or evidence.analysis is None:
        return []
    found = explain_deadlocks(evidence.stuck, evidence.analysis)
    if evidence.outcome is Outcome.TIMEOUT and not found:
        found = explain_timeout(evidence)
    return found + _orphans(evidence)


def _orphans(evidence: Evidence) -> list[Finding]:
    """Processes that outlived the first one; those explained as stuck are not named again."""
    picture = evidence.stuck
    if picture is None or evidence.analysis is None:
        return []
    explained = evidence.analysis.stuck
    left = [pid for pid in evidence.orphans if pid not in explained]
    found = []
    for pid in left[:5]:
        process = picture.snapshot.processes[pid]
        frame = words.own_frame(picture.stacks.get(pid, ()))
        doing = f"; it was at {words.quoted_place(frame)}" if frame else ""
        name = words.capital(words.name_process(picture, pid))
        found.append(
            Finding(
                "orphan",
                f"{name} was still running half a second after the first process had ended{doing}.",
                "End it or let it end, and wait for it (os.waitpid) before the function returns.",
                {"pid": process.inner, "line": frame.line if frame else None},
            )
        )
    return found


def _limits(evidence: Evidence, limits: Limits) -> list[Finding]:
    if evidence.limit is None:
        return []
    text, hint, allowed, reached, unit = {
        "output-flood": (
            f"More than {limits.output:,} bytes were written to standard output and standard "
            "error.",
            "Look for a loop that prints and does not end.",
            limits.output,
            None,
            "bytes",
        ),
        "fork-bomb": (
            f"There were {evidence.most_processes} processes at once; the limit is "
            f"{limits.processes}.",
            "See that every child ends its branch with _exit, and count your forks.",
            limits.processes,
            evidence.most_processes,
            "processes",
        ),
        "cpu-limit": (
            f"The process used more than {limits.cpu} s of processor time.",
            "Look for a loop that does not end.",
            limits.cpu,
            None,
            "seconds",
        ),
        "file-size-limit": (
            f"All files took {evidence.taken:,} bytes together; the limit is {limits.disk:,}."
            if evidence.taken
            else f"A file would have grown beyond {limits.file_size:,} bytes.",
            "Look for a loop that writes and does not end.",
            limits.disk if evidence.taken else limits.file_size,
            evidence.taken or None,
            "bytes",
        ),
        "memory-limit": (
            f"All processes took {evidence.taken:,} bytes of memory together; the limit is "
            f"{limits.total_memory:,}.",
            "Work on one piece at a time, and in few processes at once.",
            limits.total_memory,
            evidence.taken,
            "bytes",
        ),
    }[evidence.limit]
    facts = {"limit": evidence.limit, "allowed": allowed, "reached": reached, "unit": unit}
    return [Finding(evidence.limit, text, hint, facts)]


def _ran_on(evidence: Evidence) -> list[Finding]:
    if not evidence.ran_on:
        return []
    forks = [event for event in evidence.events if event.kind == "fork"]
    line = words.place(forks[0].file, forks[0].line) if forks else "the fork"
    first = evidence.ran_on[0]
    count = len(evidence.ran_on)
    who = f"Process {first}, a forked child," if count == 1 else f"{count} forked children"
    return [
        Finding(
            "child-ran-on",
            f"{who} came back from the function, as if it were the parent. Everything behind the "
            f"fork at {line} ran once more in the child.",
            f"End the child's branch behind {line} with `os._exit(0)`.",
            {"pid": first, "count": count, "line": forks[0].line if forks else None},
        )
    ]


def _zombies(evidence: Evidence, failed: set[object]) -> list[Finding]:
    """One finding for each parent that did not wait; not for one in `failed`, which ended early."""
    if evidence.outcome in (Outcome.DEADLOCK, Outcome.TIMEOUT, Outcome.LIMIT):
        return []
    if evidence.interrupted:
        return []  # parents and children alike got the signal
    children: dict[int, list[int]] = {}
    for inner, (parent, _) in evidence.zombies.items():
        if inner not in evidence.ran_on and parent not in failed:  # else explained already
            children.setdefault(parent, []).append(inner)
    return [_zombie(evidence, parent, inner) for parent, inner in list(children.items())[:5]]


def _zombie(evidence: Evidence, parent: int, children: list[int]) -> Finding:
    forks = [event for event in evidence.events if event.kind == "fork"]
    forks = [event for event in forks if event.inner == parent] or forks
    line = words.place(forks[0].file, forks[0].line) if forks else None
    behind = f" (forked at {line})" if line else ""
    if len(children) == 1:
        who = f"Process {children[0]}, a child of process {parent}{behind}, had ended,"
    else:
        named = words.sentence_list([str(child) for child in children[:5]])
        more = f" and {len(children) - 5} more" if len(children) > 5 else ""
        who = f"Processes {named}{more}, children of process {parent}{behind}, had ended,"
    return Finding(
        "zombie",
        f"{who} and process {parent} ended too without waiting for "
        f"{'it' if len(children) == 1 else 'them'}.",
        f"Wait (wait, waitpid) for every child{f' that {line} makes' if line else ''} before the "
        "parent ends.",
        {
            "pid": children[0],
            "parent": parent,
            "command": evidence.zombies[children[0]][1],
            "children": children[:50],
            "line": forks[0].line if forks else None,
        },
    )


def _leaks(evidence: Evidence) -> list[Finding]:
    found = []
    for item in evidence.leftovers[:10]:
        finding, hint = _LEAKS[item.kind]
        note = f" ({item.note})" if item.note else ""
        text = f"{words.capital(item.name)}{note} was still there when the run had ended."
        found.append(Finding(finding, text, hint, {"kind": item.kind, "name": item.name}))
    return found
