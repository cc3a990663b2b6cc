"""posix_spawn instead of fork and exec; it duplicates the descriptors itself."""

import fcntl
import os


def pipe_two(left, right):
    read_end, write_end = (high(end) for end in os.pipe())
    pids = [spawn(left, write_end, 1), spawn(right, read_end, 0)]
    os.close(read_end)
    os.close(write_end)
    codes = [code_of(pid) for pid in pids]
    return codes[0], codes[1]


def high(end):
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20)
    os.close(end)
    return moved


def spawn(argv, end, target):
    actions = [(os.POSIX_SPAWN_DUP2, end, target)]
    try:
        return os.posix_spawnp(argv[0], argv, os.environ, file_actions=actions)
    except OSError:
        return None


def code_of(pid):
    return 127 if pid is None else os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
