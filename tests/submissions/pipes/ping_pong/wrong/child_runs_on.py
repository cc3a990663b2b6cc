"""I forgot that the child goes on after the if.

Finding: child-ran-on
"""

import os


def ping_pong(messages, reply):
    there_read, there_write = os.pipe()
    back_read, back_write = os.pipe()
    pid = os.fork()
    answers = []
    if pid == 0:
        os.close(there_write)
        while message := os.read(there_read, 4096):
            os.write(back_write, reply(message))
    else:
        os.close(there_read)
        for message in messages:
            os.write(there_write, message)
            answers.append(os.read(back_read, 4096))
        os.close(there_write)
        os.waitpid(pid, 0)
    os.close(back_read)
    os.close(back_write)
    return answers
