"""When the program is not there I return 127, as the task says.

Finding: child-ran-on
"""

import os


def pipe_two(left, right):
    read_end, write_end = os.pipe()
    pids = []
    for argv, end, target in ((left, write_end, 1), (right, read_end, 0)):
        pid = os.fork()
        if pid == 0:
            os.dup2(end, target)
            try:
                os.execvp(argv[0], argv)
            except FileNotFoundError:
                return 127
        pids.append(pid)
    os.close(read_end)
    os.close(write_end)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return codes[0], codes[1]
