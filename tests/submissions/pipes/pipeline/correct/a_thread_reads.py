"""A thread drains the output while the main thread waits; the stages start from the last to the
first, through posix_spawn, which sets SIGPIPE back."""

import os
import signal
import threading


def pipeline(stages, tries=1):
    start, codes, output = 0, [1], b""
    while start < tries and not success(codes):
        start += 1
        codes, output = attempt(stages)
    return start, codes, output if success(codes) else b""


def success(codes):
    return codes[-1] == 0 and all(code in (0, -signal.SIGPIPE) for code in codes)


def attempt(stages):
    out_read, target = os.pipe()
    pids = []
    for argv in reversed(stages[1:]):
        read_end, write_end = os.pipe()
        pids.insert(0, spawn(argv, read_end, target))
        os.close(read_end)
        os.close(target)
        target = write_end
    nothing = os.open("/dev/null", os.O_RDONLY)
    pids.insert(0, spawn(stages[0], nothing, target))
    os.close(nothing)
    os.close(target)
    pieces = []
    reader = threading.Thread(target=drain, args=(out_read, pieces))
    reader.start()
    codes = {pid: 127 for pid in pids if pid < 0}
    while True:
        if not success([codes.get(pid, 0) for pid in pids]):
            for pid in pids:
                if pid not in codes:
                    os.kill(pid, signal.SIGKILL)
        if len(codes) == len(pids):
            break
        pid, status = os.wait()
        codes[pid] = os.waitstatus_to_exitcode(status)
    reader.join()
    return [codes[pid] for pid in pids], b"".join(pieces)


def drain(fd, pieces):
    with open(fd, "rb", buffering=0) as stream:
        while piece := stream.read(65536):
            pieces.append(piece)


def spawn(argv, source, target):
    actions = [(os.POSIX_SPAWN_DUP2, source, 0), (os.POSIX_SPAWN_DUP2, target, 1)]
    try:
        return os.posix_spawnp(
            argv[0], argv, os.environ, file_actions=actions, setsigdef=[signal.SIGPIPE]
        )
    except OSError:
        spawn.missing = getattr(spawn, "missing", 0) - 1
        return spawn.missing  # a number that is no PID, another one each time
