"""The new stage reads from the pipe; that it could also write to it does no harm.

Finding: reader-holds-write-end
"""

import os


def sieve(limit):
    report_read, report_write = os.pipe()
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(write_end)
            stage(read_end, report_write)
        finally:
            os._exit(0)
    os.close(read_end)
    os.close(report_write)
    for number in range(2, limit):
        os.write(write_end, number.to_bytes(4, "big"))
    os.close(write_end)
    with open(report_read, "rb") as reports:
        data = reports.read()
    os.waitpid(pid, 0)
    numbers = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
    return list(zip(numbers[::2], numbers[1::2]))


def stage(source, report):
    first = os.read(source, 4)
    if not first:
        return
    os.write(report, first + os.getpid().to_bytes(4, "big"))
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(source)
            stage(read_end, report)
        finally:
            os._exit(0)
    os.close(read_end)
    while data := os.read(source, 4):
        if int.from_bytes(data, "big") % int.from_bytes(first, "big"):
            os.write(write_end, data)
    os.close(write_end)
    os.waitpid(pid, 0)
