"""When the program has ended, all of its output must be in the pipes.

Finding: wait-before-drain
"""

import os


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
    if os.fork() == 0:
        try:
            with open(in_write, "wb") as sink:
                sink.write(data)
        finally:
            os._exit(0)
    os.close(in_write)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.wait()
    with open(out_read, "rb") as output, open(err_read, "rb") as errors:
        return code, output.read(), errors.read()
