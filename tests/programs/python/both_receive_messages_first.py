"""Server and client both begin with receive()."""

import os

import sysv_ipc

requests = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)
answers = sysv_ipc.MessageQueue(None, sysv_ipc.IPC_CREX)

if os.fork() == 0:
    text, kind = requests.receive()
    answers.send(text.upper())
    os._exit(0)

text, kind = answers.receive()
requests.send(b"question")
os.wait()
requests.remove()
answers.remove()
