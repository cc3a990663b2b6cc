"""The threads are right, but nobody told me that a program may refuse its input.

Finding: broken-pipe
"""

import os
import threading


def capture(argv, data):
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(in_read, 0)
            os.dup2(out_write, 1)
            os.dup2(err_write, 2)
            os.execvp(argv[0], argv)
        finally:
            os._exit(127)
    for end in (in_read, out_write, err_write):
        os.close(end)
    collected = {out_read: b"", err_read: b""}

    def collect(fd):
        while piece := os.read(fd, 65536):
            collected[fd] += piece

    threads = [threading.Thread(target=collect, args=(fd,)) for fd in collected]
    for thread in threads:
        thread.start()
    try:
        rest = data
        while rest:
            rest = rest[os.write(in_write, rest) :]
    finally:
        os.close(in_write)
        for thread in threads:
            thread.join()
        os.close(out_read)
        os.close(err_read)
        status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(status), collected[out_read], collected[err_read]
