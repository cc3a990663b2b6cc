"""Both players begin by receiving.

Finding: circular-wait
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
    os.close(there_read)
    os.close(back_write)
    answers = []
    for message in messages:
        answers.append(os.read(back_read, 4096))
        os.write(there_write, message)
    os.close(there_write)
    os.close(back_read)
    os.waitpid(pid, 0)
    return answers
