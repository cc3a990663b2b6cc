"""Both processes write into one log what they do.

Finding: duplicated-output
"""

import os


def ping_pong(messages, reply):
    there_read, there_write = os.pipe()
    back_read, back_write = os.pipe()
    log = open("log", "w")
    print("parent: there are", len(messages), "messages", file=log)
    pid = os.fork()
    if pid == 0:
        os.close(there_write)
        os.close(back_read)
        print("child: I am here", file=log)
        while message := os.read(there_read, 4096):
            os.write(back_write, reply(message))
        log.close()
        os._exit(0)
    os.close(there_read)
    os.close(back_write)
    answers = []
    for message in messages:
        os.write(there_write, message)
        answers.append(os.read(back_read, 4096))
    os.close(there_write)
    os.close(back_read)
    os.waitpid(pid, 0)
    log.close()
    return answers
