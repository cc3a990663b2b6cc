"""The child is done, so I need not wait for it.

Finding: zombie
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
        os.write(there_write, message)
        answers.append(os.read(back_read, 4096))
    os.close(there_write)
    while os.read(back_read, 1):  # the end of the answers: the child is over
        pass
    os.close(back_read)
    return answers
