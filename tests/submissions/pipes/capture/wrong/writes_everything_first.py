"""First give the program all its input, then read its output.

Finding: circular-wait
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
    with open(in_write, "wb") as sink:
        sink.write(data)
    with open(out_read, "rb") as source:
        output = source.read()
    with open(err_read, "rb") as source:
        errors = source.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), output, errors
