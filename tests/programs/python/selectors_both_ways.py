"""A megabyte each way between two processes that both read and write when they can."""

import os
import selectors
import socket

SIZE = 1 << 20


def exchange(sock):
    sock.setblocking(False)
    to_send, got = memoryview(bytes(SIZE)), 0
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while to_send or got < SIZE:
            for _, events in selector.select():
                if events & selectors.EVENT_READ:
                    got += len(sock.recv(65536))
                if events & selectors.EVENT_WRITE and to_send:
                    to_send = to_send[sock.send(to_send) :]
                    if not to_send:
                        selector.modify(sock, selectors.EVENT_READ)
    return got


left, right = socket.socketpair()
pid = os.fork()
if pid == 0:
    left.close()
    os._exit(exchange(right) != SIZE)
right.close()
print(exchange(left), os.waitpid(pid, 0)[1])
