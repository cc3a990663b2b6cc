"""I made both ends inheritable, and wc waits for ever.

Finding: reader-holds-write-end
"""

import os


def pipe_two(left, right):
    read_end, write_end = os.pipe()
    os.set_inheritable(read_end, True)
    os.set_inheritable(write_end, True)
    pids = []
    for argv, end, target in ((left, write_end, 1), (right, read_end, 0)):
        pid = os.fork()
        if pid == 0:
            try:
                os.dup2(end, target)
                os.execvp(argv[0], argv)
            finally:
                os._exit(127)
        pids.append(pid)
    os.close(read_end)
    os.close(write_end)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return codes[0], codes[1]
