"""What a picture of processes, descriptors and pipes has in it, before it is drawn or told.

Only pipes, FIFOs and sockets that belong to the processes shown are in the scene; descriptors
0, 1 and 2 appear when they lead to one of these.
"""

from dataclasses import dataclass

from autograder.checks import words
from autograder.observe import Analysis, Process
from autograder.sandbox import Picture

MOST_PROCESSES = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class End:
    """One descriptor: number, variable, 'r'/'w'/'rw', channel's name, whether waited on."""

    fd: int
    name: str
    access: str
    channel: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One process: its heading, what it is doing, its ends. `stuck`: it can never go on."""

    heading: str
    doing: str
    ends: tuple[End, ...]
    stuck: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """Boxes and the names of the channels between them; `hidden` boxes did not fit."""

    boxes: tuple[Box, ...]
    channels: tuple[str, ...]
    hidden: int


def compose(picture: Picture, analysis: Analysis | None = None) -> Scene:
    """The scene of a picture; `analysis` marks who is stuck."""
    living = picture.snapshot.living()
    stuck = analysis.stuck if analysis else frozenset()
    order = sorted(living, key=lambda process: (process.pid not in stuck, process.pid))
    shown = sorted(order[:MOST_PROCESSES], key=lambda process: process.pid)
    names = _name_channels(shown)
    boxes = tuple(_box(picture, process, names, process.pid in stuck) for process in shown)
    return Scene(boxes, tuple(names.values()), len(living) - len(shown))


def _name_channels(processes: list[Process]) -> dict[str, str]:
    """Letters for the channels, in the order of descriptors; a FIFO keeps its path's last part."""
    found: dict[str, str] = {}
    for process in processes:
        for entry in process.descriptors:
            channel = entry.channel
            if channel is None or channel in found or not _inside(channel, processes):
                continue
            letter = _LETTERS[len(found) % 26] + "'" * (len(found) // 26)
            path = f" {entry.target.rpartition('/')[2]}" if entry.target.startswith("/") else ""
            found[channel] = f"{entry.kind.value} {letter}{path}"
    return found


def _inside(channel: str, processes: list[Process]) -> bool:
    """Whether some process has the channel beyond its standard three, or as both ends."""
    uses = [
        (entry.fd, entry.access)
        for process in processes
        for entry in process.descriptors
        if entry.channel == channel
    ]
    return any(fd > 2 for fd, _ in uses) or len({access for _, access in uses}) > 1


def _box(picture: Picture, process: Process, names: dict[str, str], stuck: bool) -> Box:
    heading = words.name_process(picture, process.pid)
    waited = _waited_on(process)
    ends = tuple(
        End(
            entry.fd,
            words.variable(picture, process.pid, entry.fd) or "",
            entry.access,
            names[entry.channel],
            (entry.fd, "r") in waited or (entry.fd, "w") in waited,
        )
        for entry in process.descriptors
        if entry.channel in names
    )
    return Box(words.capital(heading).replace("`", ""), _doing(picture, process), ends, stuck)


def _waited_on(process: Process) -> set[tuple[int, str]]:
    return {
        (interest.fd, interest.mode)
        for task in process.tasks
        if task.wait is not None
        for interest in task.wait.interests
    }


def _doing(picture: Picture, process: Process) -> str:
    task = process.tasks[0] if process.tasks else None
    if process.pid == picture.asker:
        what = "takes this picture"
    elif task is None or task.wait is None:
        what = "running"
    else:
        fds = ", ".join(str(interest.fd) for interest in task.wait.interests[:4])
        fds = task.wait.path or fds
        what = f"in {task.wait.call}({fds})"
    frame = words.own_frame(picture.stacks.get(process.pid, ()))
    return what + (f" at {words.place(frame.file, frame.line)}" if frame else "")
