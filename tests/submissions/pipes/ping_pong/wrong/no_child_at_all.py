"""Why make a process? The answers are the same without one.

Explanation: child: PING
"""


def ping_pong(messages, reply):
    return [reply(message) for message in messages]
