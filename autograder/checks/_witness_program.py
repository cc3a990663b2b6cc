"""The witness: a program that tells how it was started, and then does what it is told.

`./witness NAME [ACTION…]`. It first appends a line of JSON to `witness.report` in its current
folder: its name, PID, parent, arguments, and each open descriptor with what it refers to. Then it
carries out the actions in order, and appends a second line when it is done. Only a witness that
was killed has no second line.

    cat         copy standard input to standard output until end of file
    drain       read standard input to its end
    count       read standard input to its end and print how many bytes there were
    emit=N      write N bytes to standard output
    flood=N     write N bytes to standard error
    say=TEXT    print TEXT on standard output
    complain=T  print T on standard error
    sleep=S     sleep S seconds
    meet=NAME   wait until the witness NAME was started too; after 5 seconds report and go on
    fail=N      exit with status 1 in the first N starts under this name
    die=N       kill yourself with signal number N
    exit=N      exit with status N

Whatever SIGPIPE was at the start, the witness sets it to its default, as a C program expects it.
Exit status 9 means that an action was not possible; the report says why.

It imports little, so that it starts quickly: hence no pathlib.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

REPORT = "witness.report"
CHUNK = 65536
MEETING_TIME = 5.0  # seconds
TROUBLE = 9

moved = {"received": 0, "sent": 0}


def open_descriptors() -> list[tuple[int, str, str]]:
    """Each open descriptor: its number, what it refers to, and its access."""
    found = []
    for name in sorted(os.listdir("/proc/self/fd"), key=int):
        try:
            target = os.readlink("/proc/self/fd/" + name)
            with open("/proc/self/fdinfo/" + name) as info:
                fields = dict(line.split(":", 1) for line in info if ":" in line)
        except OSError:  # the descriptor that listed this folder; it is closed by now
            continue
        access = ("r", "w", "rw")[int(fields["flags"], 8) & os.O_ACCMODE]
        found.append((int(name), target, access))
    return found


def tell(event: str, **fields: object) -> None:
    """Append one line to the report. The descriptor is closed at once: it is not to be seen."""
    line = json.dumps({"event": event, "name": sys.argv[1], "pid": os.getpid(), **fields})
    report = os.open(REPORT, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(report, line.encode() + b"\n")
    finally:
        os.close(report)


def starts(name: str) -> int:
    """How many witnesses of that name have started in this folder."""
    with open(REPORT) as report:
        events = [json.loads(line) for line in report]
    return [event["name"] for event in events if event["event"] == "start"].count(name)


def send(fd: int, data: bytes) -> None:
    while data:
        written = os.write(fd, data)
        moved["sent"] += written
        data = data[written:]


def send_many(fd: int, size: int) -> None:
    block = (b"0123456789abcdef" * (CHUNK // 16))[:CHUNK]
    while size > 0:
        send(fd, block[:size])
        size -= CHUNK


def receive() -> Iterator[bytes]:
    """Yield standard input piece by piece until end of file."""
    while data := os.read(0, CHUNK):
        moved["received"] += len(data)
        yield data


def cat(_: str) -> None:
    for data in receive():
        send(1, data)


def count(_: str) -> None:
    send(1, b"%d\n" % sum(len(data) for data in receive()))


def drain(_: str) -> None:
    for _data in receive():
        pass


def meet(name: str) -> None:
    deadline = time.monotonic() + MEETING_TIME
    while not starts(name):
        if time.monotonic() > deadline:
            tell("trouble", text=f"{name} was not started while {sys.argv[1]} was running")
            return
        time.sleep(0.01)


def fail(times: str) -> None:
    if starts(sys.argv[1]) <= int(times):
        finish(1)


def die(number: str) -> None:
    os.kill(os.getpid(), int(number))


def finish(status: int | str) -> None:
    tell("end", time=time.monotonic(), status=int(status), **moved)
    os._exit(int(status))


ACTIONS: dict[str, Callable[[str], object]] = {
    "cat": cat,
    "count": count,
    "drain": drain,
    "emit": lambda size: send_many(1, int(size)),
    "flood": lambda size: send_many(2, int(size)),
    "say": lambda text: send(1, text.encode() + b"\n"),
    "complain": lambda text: send(2, text.encode() + b"\n"),
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "meet": meet,
    "fail": fail,
    "die": die,
    "exit": finish,
}


def main() -> None:
    now = time.monotonic()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    tell("start", time=now, ppid=os.getppid(), argv=sys.argv, descriptors=open_descriptors())
    try:
        for argument in sys.argv[2:]:
            verb, _, value = argument.partition("=")
            ACTIONS[verb](value)
    except OSError as error:
        tell("trouble", text=str(error))
        finish(TROUBLE)
    finish(0)


if __name__ == "__main__":
    main()
