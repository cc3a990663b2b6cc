"""The program must inherit the pipes, so I set all of them inheritable.

Finding: reader-holds-write-end
"""

import os


def capture(argv, data):
    in_read, in_write = os.pipe()
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    for end in (in_read, in_write, out_read, out_write, err_read, err_write):
        os.set_inheritable(end, True)
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
    os.close(in_write)
    with open(out_read, "rb") as output, open(err_read, "rb") as errors:
        result = output.read(), errors.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), *result
