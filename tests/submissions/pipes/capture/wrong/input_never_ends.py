"""I have written the input; I close all my ends together at the end.

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
    os.write(in_write, data)
    output = read_all(out_read)
    errors = read_all(err_read)
    for end in (in_write, out_read, err_read):
        os.close(end)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), output, errors


def read_all(fd):
    data = b""
    while piece := os.read(fd, 65536):
        data += piece
    return data
