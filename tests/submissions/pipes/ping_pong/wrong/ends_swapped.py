"""I thought pipe() returns the write end first.

Finding: bad-descriptor
"""

import os


def ping_pong(messages, reply):
    there_write, there_read = os.pipe()
    back_write, back_read = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            while message := os.read(there_read, 4096):
                os.write(back_write, reply(message))
        finally:
            os._exit(0)
    answers = []
    for message in messages:
        os.write(there_write, message)
        answers.append(os.read(back_read, 4096))
    os.close(there_write)
    os.waitpid(pid, 0)
    return answers
