"""What a run was doing when its time was over: looping, polling, or something else."""

from autograder.checks import words
from autograder.checks.finding import Finding
from autograder.observe import Process
from autograder.sandbox import Evidence, Picture
from autograder.sandbox.evidence import Spin

_BUSY_SHARE = 0.5
_FRUITLESS_READS = 20
_POLLS = {"poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "wait4", "waitid"}


def explain_timeout(evidence: Evidence) -> list[Finding]:
    """`busy-wait` or `infinite-loop` for a process that burns CPU, else `no-progress`."""
    picture, spin = evidence.stuck, evidence.spin
    if picture is None or spin is None:
        return []
    for pid in sorted(spin.cpu, key=lambda pid: -spin.cpu[pid]):
        process = picture.snapshot.processes.get(pid)
        if process is not None and spin.cpu[pid] >= _BUSY_SHARE * spin.seconds:
            return [_busy(picture, process, spin)]
    return [_idle(picture, evidence.timeout)]


def _busy(picture: Picture, process: Process, spin: Spin) -> Finding:
    reads, size = spin.read_calls[process.pid], spin.read_bytes[process.pid]
    frame = words.own_frame(picture.stacks.get(process.pid, ()))
    where = f" at {words.quoted_place(frame)}" if frame else ""
    name = words.capital(words.name_process(picture, process.pid))
    share = min(100, round(100 * spin.cpu[process.pid] / spin.seconds))
    facts: dict[str, object] = {
        "pid": process.inner,
        "cpu_percent": share,
        "read_calls": reads,
        "read_bytes": size,
        "line": frame.line if frame else None,
    }
    if reads >= _FRUITLESS_READS and size < reads:
        return Finding(
            "busy-wait",
            f"{name} called read {reads} times in the last {spin.seconds:.1f} s and got {size} "
            f"bytes, using {share} % of a processor{where}.",
            "Leave the loop when read returns b'' (end-of-file); do not ask again and again.",
            facts,
        )
    polls = [call for call in spin.calls[process.pid] if call in _POLLS]
    if len(polls) >= 2:
        return Finding(
            "busy-wait",
            f"{name} called {polls[0]} over and over, using {share} % of a processor{where}.",
            "Let the call block until something happens instead of asking in a loop.",
            facts,
        )
    return Finding(
        "infinite-loop",
        f"{name} was computing all the time ({share} % of a processor){where}, without a system "
        "call that got anywhere.",
        "Look at the loop around that line: what should end it?",
        facts,
    )


def _idle(picture: Picture, timeout: float) -> Finding:
    doing = []
    for process in picture.snapshot.living()[:8]:
        frame = words.own_frame(picture.stacks.get(process.pid, ()))
        where = f" at {words.quoted_place(frame)}" if frame else ""
        wait = process.tasks[0].wait if process.tasks else None
        state = f"is in {wait.call}" if wait else "is running"
        name = words.capital(words.name_process(picture, process.pid))
        doing.append(f"{name} {state}{where}.")
    text = f"After {timeout:g} s the run had not ended. " + " ".join(doing)
    return Finding("no-progress", text, "Look at the lines named above: what do they wait for?", {})
