"""A server at a path. socketserver does not remove the file."""

import os
import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.readline().upper())


with socketserver.UnixStreamServer("echo.sock", Handler) as server:
    pid = os.fork()
    if pid == 0:
        import socket

        with socket.socket(socket.AF_UNIX) as client:
            client.connect("echo.sock")
            client.sendall(b"hello\n")
            print(client.recv(100).decode(), end="", flush=True)
        os._exit(0)
    server.handle_request()
    os.waitpid(pid, 0)
