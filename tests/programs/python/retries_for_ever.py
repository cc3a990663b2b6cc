"""Tries to connect to a server that nobody starts, with a pause between the attempts."""

import socket
import time

while True:
    with socket.socket(socket.AF_UNIX) as s:
        try:
            s.connect("server.sock")
            break
        except (FileNotFoundError, ConnectionRefusedError):
            time.sleep(0.1)
print("connected")
