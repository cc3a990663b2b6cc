"""A second child feeds the program, and poll waits for both outputs."""

import os
import select
import signal


def capture(argv, data):
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    program = os.fork()
    if program == 0:
        try:
            os.dup2(in_read, 0)
            os.dup2(out_write, 1)
            os.dup2(err_write, 2)
            os.execvp(argv[0], argv)
        finally:
            os._exit(127)
    feeder = os.fork()
    if feeder == 0:
        try:
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)
            for end in (in_read, out_read, out_write, err_read, err_write):
                os.close(end)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(in_write, rest) :]
        except BrokenPipeError:
            pass
        finally:
            os._exit(0)
    for end in (in_read, in_write, out_write, err_write):
        os.close(end)
    collected = {out_read: [], err_read: []}
    poll = select.poll()
    for fd in collected:
        poll.register(fd, select.POLLIN)
    waiting = set(collected)
    while waiting:
        for fd, _ in poll.poll():
            piece = os.read(fd, 4096)
            collected[fd].append(piece)
            if not piece:
                poll.unregister(fd)
                os.close(fd)
                waiting.discard(fd)
    os.waitpid(feeder, 0)
    code = os.waitstatus_to_exitcode(os.waitpid(program, 0)[1])
    return code, b"".join(collected[out_read]), b"".join(collected[err_read])
