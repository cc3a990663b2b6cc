"""The last stage forks the next one; all report through one pipe in records of 8 bytes.

A record is written at once, since it is shorter than PIPE_BUF, and a stage reports before it
passes on a number: so the records arrive whole and in order.
"""

import os
import struct

RECORD = struct.Struct(">II")


def sieve(limit):
    report_read, report_write = os.pipe()
    first_pid, first_write = grow(report_read, report_write)
    os.close(report_write)
    with open(first_write, "w") as out:
        for number in range(2, limit):
            print(number, file=out)
    with open(report_read, "rb") as reports:
        chain = list(RECORD.iter_unpack(reports.read()))
    os.waitpid(first_pid, 0)
    return chain


def grow(unused, report):
    """Fork a stage; return its PID and the write end that feeds it."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(write_end)
            os.close(unused)
            with open(read_end) as source:
                stage(source, report)
            status = 0
        finally:
            os._exit(status)
    os.close(read_end)
    return pid, write_end


def stage(source, report):
    first = source.readline()
    if not first:
        return
    prime = int(first)
    os.write(report, RECORD.pack(prime, os.getpid()))
    next_pid, out = None, None
    for line in source:
        if int(line) % prime:
            if out is None:
                next_pid, next_write = grow(source.fileno(), report)
                out = open(next_write, "w")  # noqa: SIM115
            out.write(line)
    if out is not None:
        out.close()
        os.waitpid(next_pid, 0)
