"""I wait for the child before I close my pipe ends, to be safe.

Finding: write-end-left-open
"""

import os


def ping_pong(messages, reply):
    there_read, there_write = os.pipe()
    back_read, back_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(there_write)
            os.close(back_read)
            while message := os.read(there_read, 4096):
                os.write(back_write, reply(message))
        finally:
            os._exit(0)
    answers = []
    for message in messages:
        os.write(there_write, message)
        answers.append(os.read(back_read, 4096))
    os.waitpid(pid, 0)
    for end in (there_read, there_write, back_read, back_write):
        os.close(end)
    return answers
