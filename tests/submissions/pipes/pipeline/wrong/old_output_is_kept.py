"""One file collects the output; after a failed start I go on writing to it.

Explanation: b'0123456789abcdef
"""

import os
import signal


def pipeline(stages, tries=1):
    output = os.memfd_create("output", os.MFD_CLOEXEC)
    for start in range(1, tries + 1):
        pids, source = [], os.open("/dev/null", os.O_RDONLY)
        for argv in stages[:-1]:
            read_end, write_end = os.pipe()
            pids.append(spawn(argv, source, write_end))
            os.close(source)
            os.close(write_end)
            source = read_end
        pids.append(spawn(stages[-1], source, output))
        os.close(source)
        codes = wait_for(pids)
        if not any(bad(codes)):
            break
    data = os.pread(output, os.fstat(output).st_size, 0)
    os.close(output)
    return start, codes, data


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
