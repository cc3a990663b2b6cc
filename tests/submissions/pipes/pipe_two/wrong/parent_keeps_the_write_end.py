"""The pipe belongs to the two programs; the parent does nothing with it.

Finding: write-end-left-open
"""

import os


def pipe_two(left, right):
    read_end, write_end = os.pipe()
    left_pid = os.fork()
    if left_pid == 0:
        try:
            os.dup2(write_end, 1)
            os.execvp(left[0], left)
        finally:
            os._exit(127)
    right_pid = os.fork()
    if right_pid == 0:
        try:
            os.dup2(read_end, 0)
            os.execvp(right[0], right)
        finally:
            os._exit(127)
    statuses = [os.waitpid(pid, 0)[1] for pid in (left_pid, right_pid)]
    os.close(read_end)
    os.close(write_end)
    left_code, right_code = (os.waitstatus_to_exitcode(status) for status in statuses)
    return left_code, right_code
