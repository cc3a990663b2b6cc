"""First run ls, then run wc with what ls has left in the pipe.

Finding: wait-before-drain
"""

import os


def pipe_two(left, right):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(write_end, 1)
            os.execvp(left[0], left)
        finally:
            os._exit(127)
    left_status = os.waitpid(pid, 0)[1]
    os.close(write_end)
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(read_end, 0)
            os.execvp(right[0], right)
        finally:
            os._exit(127)
    os.close(read_end)
    right_status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(left_status), os.waitstatus_to_exitcode(right_status)
