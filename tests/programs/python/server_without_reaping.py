"""A forking server that serves three requests and reaps nobody."""

import os
import socket
import time

with socket.create_server(("127.0.0.1", 0)) as server:
    for number in range(3):
        client = socket.create_connection(server.getsockname())
        connection, _ = server.accept()
        if os.fork() == 0:
            server.close()
            client.close()
            connection.sendall(b"hello")
            os._exit(0)
        connection.close()
        print(client.recv(100).decode(), flush=True)
        client.close()
time.sleep(0.2)
