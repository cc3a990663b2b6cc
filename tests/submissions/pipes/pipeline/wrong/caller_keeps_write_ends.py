"""I make all the pipes first, and close them all when the stages have ended.

Finding: write-end-left-open
"""

import os
import signal


def pipeline(stages, tries=1):
    for start in range(1, tries + 1):
        output = os.memfd_create("output", os.MFD_CLOEXEC)
        pipes = [os.pipe() for _ in stages[:-1]]
        sources = [os.open("/dev/null", os.O_RDONLY), *(read_end for read_end, _ in pipes)]
        targets = [*(write_end for _, write_end in pipes), output]
        pids = [spawn(*stage) for stage in zip(stages, sources, targets)]
        codes = wait_for(pids)
        data = os.pread(output, os.fstat(output).st_size, 0)
        for end in (*sources, *targets):
            os.close(end)
        if not any(bad(codes)):
            return start, codes, data
    return tries, codes, b""


def bad(codes):
    return [code not in (0, -13) for code in codes[:-1]] + [codes[-1] != 0]


def spawn(argv, source, target):
    pid = os.fork()
    if pid == 0:
        try:
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.dup2(source, 0)
            os.dup2(target, 1)
            os.execvp(argv[0], argv)
        finally:
            os._exit(127)
    return pid


def wait_for(pids):
    codes = {}
    while len(codes) < len(pids):
        pid, status = os.wait()
        codes[pid] = os.waitstatus_to_exitcode(status)
        if codes[pid] != 0 and not (codes[pid] == -13 and pid != pids[-1]):
            for other in set(pids) - set(codes):
                os.kill(other, signal.SIGKILL)
    return [codes[pid] for pid in pids]
