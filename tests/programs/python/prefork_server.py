"""Three workers accept on one socket; the parent is the client, then stops them."""

import os
import signal
import socket

server = socket.create_server(("127.0.0.1", 0))
address = server.getsockname()
workers = []
for _ in range(3):
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        while True:
            connection, _ = server.accept()
            with connection:
                connection.sendall(connection.recv(100)[::-1])
    workers.append(pid)
server.close()
answers = []
for word in (b"abc", b"xyz", b"12345"):
    with socket.create_connection(address) as s:
        s.sendall(word)
        answers.append(s.recv(100).decode())
for pid in workers:
    os.kill(pid, signal.SIGTERM)
print(answers, [os.waitpid(pid, 0)[1] for pid in workers])
