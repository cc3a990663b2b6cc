"""The old way without dup2: close the target, and dup takes the lowest free number.

In the left program descriptor 0 may be closed already, so free numbers below the target are
filled first; the ends are moved up beforehand, out of the way of all this.
"""

import fcntl
import os


def pipe_two(left, right):
    ends = []
    for end in os.pipe():
        ends.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    pids = [
        start(left, ends[1], 1),
        start(right, ends[0], 0),
    ]
    for end in ends:
        os.close(end)
    codes = {}
    while pids[0] not in codes or pids[1] not in codes:
        pid, status = os.wait()
        codes[pid] = os.waitstatus_to_exitcode(status)
    return codes[pids[0]], codes[pids[1]]


def start(argv, end, target):
    pid = os.fork()
    if pid:
        return pid
    try:
        try:
            os.close(target)
        except OSError:  # it was closed already
            pass
        copies = [os.dup(end)]
        while copies[-1] < target:
            copies.append(os.dup(end))
        os.set_inheritable(target, True)
        os.execvp(argv[0], argv)
    except BaseException:
        os._exit(127)
