"""A message queue keeps the borders of messages; the answers have a type of their own, 2.

Finding: message-never-sent
"""

import os

import sysv_ipc


def ping_pong(messages, reply):
    queue = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
    pid = os.fork()
    if pid == 0:
        for _ in messages:
            message, _ = queue.receive(type=1)
            queue.send(reply(message))  # the type is 1 where nothing else is said
        os._exit(0)
    answers = []
    for message in messages:
        queue.send(message, type=1)
        answers.append(queue.receive(type=2)[0])
    os.waitpid(pid, 0)
    queue.remove()
    return answers
