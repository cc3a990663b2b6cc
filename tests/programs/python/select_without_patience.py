"""A chat client that calls select with a time-out of 0 in its main loop."""

import select
import socket

mine, other = socket.socketpair()
while True:
    ready, _, _ = select.select([mine], [], [], 0)
    if ready:
        print(mine.recv(1024))
        break
