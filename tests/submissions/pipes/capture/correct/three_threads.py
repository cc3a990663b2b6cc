"""A thread for each pipe; the threads begin after the fork."""

import os
import threading


def capture(argv, data):
    pipes = [os.pipe() for _ in range(3)]
    (in_read, in_write), (out_read, out_write), (err_read, err_write) = pipes
    pid = os.fork()
    if pid == 0:
        try:
            for number, end in enumerate((in_read, out_write, err_write)):
                os.dup2(end, number)
            os.execvp(argv[0], argv)
        except OSError:
            os._exit(127)
        finally:
            os._exit(126)
    for end in (in_read, out_write, err_write):
        os.close(end)
    collected = {}

    def feed():
        try:
            with open(in_write, "wb") as sink:
                sink.write(data)
        except BrokenPipeError:
            pass

    def collect(fd):
        with open(fd, "rb") as source:
            collected[fd] = source.read()

    threads = [
        threading.Thread(target=feed),
        threading.Thread(target=collect, args=(out_read,)),
        threading.Thread(target=collect, args=(err_read,)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status = os.waitpid(pid, 0)[1]
    return os.waitstatus_to_exitcode(status), collected[out_read], collected[err_read]
