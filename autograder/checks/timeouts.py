"""What a run was doing when its time was over: looping, polling, or something else."""

from autograder.checks import words
from autograder.checks.finding import Finding
from autograder.observe import Process
from autograder.sandbox import Evidence, Picture
from autograder.sandbox.evidence import BUSY_SHARE, Activity, Spin

_FRUITLESS_READS = 20
_KERNEL_SHARE = 0.15
_POLLS = {"poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "wait4", "waitid"}


def explain_timeout(evidence: Evidence) -> list[Finding]:
    """`busy-wait` or `infinite-loop` for the process that burns CPU, else `no-progress`."""
    picture, spin = evidence.stuck, evidence.spin
    if picture is None or spin is None:
        return []
    busiest = spin.busiest()
    process = picture.snapshot.processes.get(busiest) if busiest is not None else None
    return [_busy(picture, process, spin)] if process else [_idle(picture, evidence.timeout)]


def _busy(picture: Picture, process: Process, spin: Spin) -> Finding:
    used = spin.activity[process.pid]
    frame = words.own_frame(picture.stacks.get(process.pid, ()))
    where = f", at {words.quoted_place(frame)}" if frame else ""
    name = words.capital(words.name_process(picture, process.pid))
    share = min(100, round(100 * used.cpu / spin.seconds))
    got = f"{share} % of a processor"
    if share < 100 * BUSY_SHARE:
        got = f"{got}, all that this busy machine gave it"
    facts: dict[str, object] = {
        "pid": process.inner,
        "cpu_percent": share,
        "read_calls": used.read_calls,
        "read_bytes": used.read_bytes,
        "file": frame.file if frame else None,
        "line": frame.line if frame else None,
    }
    if used.read_calls >= _FRUITLESS_READS and used.read_bytes < used.read_calls:
        return Finding(
            "busy-wait",
            f"{name} called read {used.read_calls:,} times in the last {spin.seconds:.1f} s and "
            f"got {used.read_bytes:,} bytes, using {got}{where}.",
            "Leave the loop when read returns b'' (end-of-file); do not ask again and again.",
            facts,
        )
    if _polls(used, spin.calls[process.pid]):
        return Finding(
            "busy-wait",
            f"{name} asked the kernel over and over, which brought nothing and used {got}{where}.",
            "Let the call block until something happens instead of asking in a loop.",
            facts,
        )
    return Finding(
        "infinite-loop",
        f"{name} was computing all the time ({got}), without a system call "
        f"that got anywhere{where}.",
        "Look at the loop around that line: what should end it?",
        facts,
    )


def _polls(used: Activity, calls: tuple[str, ...]) -> bool:
    """Seen in polling calls; or much time in the kernel, yet no bytes moved and no memory made."""
    if sum(call in _POLLS for call in calls) >= 2:
        return True
    moved = used.read_calls + used.write_calls + used.faults
    in_kernel = used.system > 0 and used.system >= _KERNEL_SHARE * used.cpu
    return in_kernel and moved < _FRUITLESS_READS


def explain_polling(evidence: Evidence) -> list[Finding]:
    """`busy-wait` for processes that ended by themselves after they had asked for long in vain."""
    return [
        Finding(
            "busy-wait",
            f"Process {each.pid} called read {each.calls:,} times and got {each.size:,} bytes; it "
            f"used a processor for {each.cpu:.1f} of the {each.lived:.1f} s that it lived.",
            "Let read block until there is something (without O_NONBLOCK), or wait with poll; and "
            "leave the loop when read returns nothing: that is end-of-file.",
            {
                "pid": each.pid,
                "read_calls": each.calls,
                "read_bytes": each.size,
                "cpu_percent": min(100, round(100 * each.cpu / each.lived)),
            },
        )
        for each in evidence.polled[:3]
    ]


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
