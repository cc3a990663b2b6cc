"""One stage failed; I wait until the others have ended too and then try again.

Finding: no-progress
"""

import os
import signal


def pipeline(stages, tries=1):
    for start in range(1, tries + 1):
        output = os.memfd_create("output", os.MFD_CLOEXEC)
        pids, source = [], os.open("/dev/null", os.O_RDONLY)
        for argv in stages[:-1]:
            read_end, write_end = os.pipe()
            pids.append(spawn(argv, source, write_end))
            os.close(source)
            os.close(write_end)
            source = read_end
        pids.append(spawn(stages[-1], source, output))
        os.close(source)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        data = os.pread(output, os.fstat(output).st_size, 0)
        os.close(output)
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
